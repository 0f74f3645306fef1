/** Bounds of what is odd, as safety_scheme keeps them: dated data with a source. */
export interface SafetyScheme {
  /** Two needs of one enterprise for one purpose and band of amounts within so many days are equal. */
  duplicateDays: number;
  /** How far back anomalies are looked for. */
  windowDays: number;
  /** Nobody reads a lead and decides within so many seconds of its publication, and never so many times. */
  fastSeconds: number;
  fastTimes: number;
  /** So many grabs of a bank of which fewer than this share was contacted in time. */
  hoardingGrabs: number;
  hoardingContactBp: number;
  /** One bank leaves a place and the other one takes it within so many minutes, so often, in both directions. */
  alternationMinutes: number;
  alternationTimes: number;
  /** Two banks offer the same on so many needs, and on this share of those where both offered. */
  equalOfferNeeds: number;
  equalOfferBp: number;
  /** So that nobody finds out by trying which assets are pledged. */
  pledgesPerCase: number;
  pledgesPerDay: number;
}
