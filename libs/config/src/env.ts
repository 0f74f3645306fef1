/** The only reader of process.env in the house: every setting is read here, checked, and told in one sentence when it is wrong. */
export class SettingError extends Error {}

const given = (name: string): string | undefined => {
  const value = process.env[name]?.trim();
  return value === '' ? undefined : value;
};

/** A text setting; undefined when it is not given and has no default. */
export function textSetting(name: string): string | undefined;
export function textSetting(name: string, fallback: string): string;
export function textSetting(name: string, fallback?: string): string | undefined {
  return given(name) ?? fallback;
}

/** A whole number within bounds; throws SettingError when it is something else. */
export function integerSetting(name: string, fallback: number, bounds: { min: number; max: number }): number {
  const text = given(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < bounds.min || value > bounds.max)
    throw new SettingError(`${name} must be a whole number from ${bounds.min} to ${bounds.max}, not "${text}"`);
  return value;
}

/** One of a closed list; throws SettingError when it is something else. */
export function choiceSetting<T extends string>(name: string, choices: readonly T[], fallback: T): T {
  const text = given(name);
  if (text === undefined) return fallback;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new SettingError(`${name} must be one of ${choices.join(', ')}, not "${text}"`);
  return found;
}

/** true for 1, true, yes, on; false for 0, false, no, off. */
export function flagSetting(name: string, fallback: boolean): boolean {
  const text = given(name)?.toLowerCase();
  if (text === undefined) return fallback;
  if (['1', 'true', 'yes', 'on'].includes(text)) return true;
  if (['0', 'false', 'no', 'off'].includes(text)) return false;
  throw new SettingError(`${name} must be 1 or 0, not "${text}"`);
}

/** A comma-separated list; empty when it is not given. */
export function listSetting(name: string): string[] {
  return (given(name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** For a host process that learns a setting only while it runs (the demo city's own servers); what was given by hand stays. */
export function offerSetting(name: string, value: string): void {
  process.env[name] ??= value;
}
