export interface BackOff {
  /** Failures that cost nothing. */
  freeFailures: number;
  /** Wait after the last free failure; each further failure doubles it. */
  firstWaitSeconds: number;
  waitSecondsMax: number;
  /** Failures that are older count no more. */
  forgottenAfterSeconds: number;
}

interface Failures {
  failures: number;
  lastFailedAt: Date;
}

/** Whole seconds until the next attempt is heard; 0 when it is heard now. */
export function waitSeconds({ failures, lastFailedAt }: Failures, now: Date, limits: BackOff): number {
  const since = (now.getTime() - lastFailedAt.getTime()) / 1_000;
  if (failures < limits.freeFailures || since >= limits.forgottenAfterSeconds) return 0;
  // 2 ** 20 is far beyond the longest wait: keeps the power finite whatever the count.
  const doublings = Math.min(failures - limits.freeFailures, 20);
  const wait = Math.min(limits.firstWaitSeconds * 2 ** doublings, limits.waitSecondsMax);
  // A clock that was set back must not lock anybody out for longer than the wait itself.
  return Math.min(Math.max(Math.ceil(wait - since), 0), wait);
}

/** Who counts as one caller: an IPv4 address, or the first half of an IPv6 address, as one household holds 2^64. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('%', 1)[0]!.split('::', 2);
  const groups = [head, tail].map((half) => (half === '' ? [] : half.split(':')));
  const [before = [], after = []] = groups;
  const zeros = Array.from({ length: Math.max(8 - before.length - after.length, 0) }, () => '0');
  const all = address.includes('::') ? [...before, ...zeros, ...after] : before;
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
