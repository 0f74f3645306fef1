/** Who is counted at a time; more means that the second is over for all of them. */
const countedMax = 100_000;
const secondMs = 1_000;

/**
 * Counts requests of one sender within a second of the given clock. Kept in memory: each copy of the service counts for
 * itself, which bounds what one sender can do to it. Pure but for its own counters; knows no clock of its own.
 */
export class SecondCounter {
  private second = 0;
  private readonly counts = new Map<string, number>();

  /** Whether the sender has sent no more than `most` in this second, this one included. */
  admits(sender: string, most: number, now: Date): boolean {
    const second = Math.floor(now.getTime() / secondMs);
    // Any other second starts anew, an earlier one too: a clock that is set back must not lock anybody out.
    if (second !== this.second || this.counts.size >= countedMax) this.counts.clear();
    this.second = second;
    const count = (this.counts.get(sender) ?? 0) + 1;
    this.counts.set(sender, count);
    return count <= most;
  }
}
