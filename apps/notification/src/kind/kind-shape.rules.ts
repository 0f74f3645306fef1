export const channels = ['IN_APP', 'EMAIL', 'SMS'] as const;
export type Channel = (typeof channels)[number];

/** At once, once a day together with others, or not at all. In-app OFF: listed, but already read and without a signal. */
export const modes = ['NOW', 'DIGEST', 'OFF'] as const;
export type Mode = (typeof modes)[number];

export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** LOW never rings; NORMAL waits for the end of quiet hours; URGENT does not wait and cannot be switched off in the app. */
export type Urgency = 'LOW' | 'NORMAL' | 'URGENT';

/** Who is told: documentation for people; whom an event means is said where it is read. */
export type AudienceName = 'ENTERPRISE' | 'MANAGER' | 'ADMINS' | 'OPERATORS' | 'PERSON';

/** One kind of notice, as data. Texts hold `{variables}`; what a variable's ending means is in text.rules.ts. */
export interface Kind {
  to: readonly AudienceName[];
  urgency: Urgency;
  /** By default; in the app everything is told at once. */
  email: Mode;
  sms: Mode;
  /** Goes to the institution's own systems too, when they asked for it. */
  webhook: boolean;
  /** Page of the portal that shows more. */
  link: string | null;
  /** Every variable that the texts and the link use, and nothing else is ever kept or sent. */
  variables: readonly string[];
  title: Record<Language, string>;
  text: Record<Language, string>;
}
