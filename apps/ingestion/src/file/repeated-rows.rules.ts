/** Where a row of a repeated key stands in its file. */
interface RepeatedRow {
  line: number;
  offset: number;
  length: number;
  /** A later line has the same key and report date. */
  collapsed: boolean;
  /** Some row of this key was collapsed. */
  known: boolean;
}

const firstRoom = 1_024;

/**
 * The good rows whose key comes more than once in a file: only places and 128-bit digests of keys are held (44 bytes a
 * row), the rows are read again when their turn comes. Their order is by key, report date and line, so that it is the
 * same after a restart.
 */
export class RepeatedRows {
  private digests = new Uint32Array(firstRoom * 4);
  private days = new Int32Array(firstRoom);
  private lines = new Uint32Array(firstRoom);
  private offsets = new Float64Array(firstRoom);
  private lengths = new Uint32Array(firstRoom);
  private order = new Uint32Array(0);
  private known = new Uint8Array(0);
  private count = 0;

  /** `digest`: 32 hex digits. */
  add(digest: string, reportDate: string, place: { line: number; offset: number; length: number }): void {
    if (this.count === this.lines.length) this.grow();
    const at = this.count;
    for (let word = 0; word < 4; word += 1)
      this.digests[at * 4 + word] = parseInt(digest.slice(word * 8, word * 8 + 8), 16);
    this.days[at] = Number(reportDate.replaceAll('-', ''));
    this.lines[at] = place.line;
    this.offsets[at] = place.offset;
    this.lengths[at] = place.length;
    this.count += 1;
  }

  get size(): number {
    return this.count;
  }

  /** Call once, when all rows are in. */
  sort(): void {
    this.order = Uint32Array.from({ length: this.count }, (_, at) => at).toSorted((a, b) => this.compare(a, b));
    this.known = new Uint8Array(this.count);
    for (let from = 0; from < this.count; from = this.markGroup(from));
  }

  at(place: number): RepeatedRow {
    const at = this.order[place]!;
    return {
      line: this.lines[at]!,
      offset: this.offsets[at]!,
      length: this.lengths[at]!,
      collapsed: this.isCollapsed(place),
      known: this.known[place] === 1,
    };
  }

  /** Marks one key's rows and gives the place after them. */
  private markGroup(from: number): number {
    let end = from + 1;
    while (end < this.count && this.compareKeys(this.order[from]!, this.order[end]!) === 0) end += 1;
    let collapsed = false;
    for (let place = from; place < end; place += 1) collapsed ||= this.isCollapsed(place);
    if (collapsed) this.known.fill(1, from, end);
    return end;
  }

  private isCollapsed(place: number): boolean {
    if (place + 1 >= this.count) return false;
    const [one, next] = [this.order[place]!, this.order[place + 1]!];
    return this.days[one] === this.days[next] && this.compareKeys(one, next) === 0;
  }

  private compare(a: number, b: number): number {
    return this.compareKeys(a, b) || this.days[a]! - this.days[b]! || this.lines[a]! - this.lines[b]!;
  }

  private compareKeys(a: number, b: number): number {
    for (let word = 0; word < 4; word += 1) {
      const difference = this.digests[a * 4 + word]! - this.digests[b * 4 + word]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  private grow(): void {
    this.digests = widened(this.digests, new Uint32Array(this.digests.length * 2));
    this.days = widened(this.days, new Int32Array(this.days.length * 2));
    this.lines = widened(this.lines, new Uint32Array(this.lines.length * 2));
    this.offsets = widened(this.offsets, new Float64Array(this.offsets.length * 2));
    this.lengths = widened(this.lengths, new Uint32Array(this.lengths.length * 2));
  }
}

function widened<T extends Uint32Array | Int32Array | Float64Array>(old: T, wide: T): T {
  wide.set(old);
  return wide;
}
