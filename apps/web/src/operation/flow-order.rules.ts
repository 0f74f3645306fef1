interface FlowFacts {
  readonly feed: string;
  readonly state: 'PAUSED' | 'WORKING' | 'RETRYING' | 'WAITING' | 'IDLE';
  readonly failedLastWeek: number;
  readonly backlog: { readonly oldestSeconds: number };
  readonly connection: { readonly failures: number; readonly openGaps: number } | null;
}

/** Rests, fails, or waits: somebody should look at it. */
export function needsALook({ state, failedLastWeek, connection }: FlowFacts): boolean {
  const troubled = connection !== null && (connection.failures > 0 || connection.openGaps > 0);
  return state !== 'IDLE' || failedLastWeek > 0 || troubled;
}

const weights: Record<FlowFacts['state'], number> = { RETRYING: 4, PAUSED: 3, WAITING: 2, WORKING: 1, IDLE: 0 };

/** What is stuck first, then what waits longest, then what failed; the others by name. */
export function stuckFirst<Flow extends FlowFacts>(feeds: readonly Flow[]): Flow[] {
  const troubles = ({ failedLastWeek, connection }: Flow) =>
    failedLastWeek + (connection ? connection.failures + connection.openGaps : 0);
  return feeds.toSorted(
    (a, b) =>
      weights[b.state] - weights[a.state] ||
      b.backlog.oldestSeconds - a.backlog.oldestSeconds ||
      troubles(b) - troubles(a) ||
      (a.feed < b.feed ? -1 : 1),
  );
}

/** A time span as a person says it: the two largest parts that matter. */
export function spanOf(seconds: number): { days: number; hours: number; minutes: number } {
  const minutes = Math.floor(seconds / 60);
  return { days: Math.floor(minutes / 1_440), hours: Math.floor((minutes % 1_440) / 60), minutes: minutes % 60 };
}

/** `1.4 MB`: bytes by thousands, one decimal above the first step. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  const step = Math.min(bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1_000 ** step;
  return `${step === 0 ? value : value.toFixed(1)} ${units[step]}`;
}
