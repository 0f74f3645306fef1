const initialPlaces = 1 << 16;
/** Beyond this share of places taken, looking one up takes too many steps. */
const loadMax = 0.7;

/**
 * Tells which keys of a file come more than once, in nine bytes a key whatever its length. It holds hashes of 53 bits:
 * two keys that meet in one are taken for repeated, which costs a little time and nothing else.
 */
export class KeyTable {
  private hashes = new Float64Array(initialPlaces);
  private repeated = new Uint8Array(initialPlaces);
  private taken = 0;

  add(key: string): void {
    const hash = hashOf(key);
    const place = this.placeOf(hash);
    if (this.hashes[place] === hash) {
      this.repeated[place] = 1;
      return;
    }
    this.hashes[place] = hash;
    this.taken += 1;
    if (this.taken > this.hashes.length * loadMax) this.grow();
  }

  isRepeated(key: string): boolean {
    return this.repeated[this.placeOf(hashOf(key))] === 1;
  }

  private placeOf(hash: number): number {
    const mask = this.hashes.length - 1;
    let place = (hash % 4_294_967_291) & mask;
    while (this.hashes[place] !== 0 && this.hashes[place] !== hash) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const { hashes, repeated } = this;
    this.hashes = new Float64Array(hashes.length * 2);
    this.repeated = new Uint8Array(hashes.length * 2);
    for (let old = 0; old < hashes.length; old += 1) {
      const hash = hashes[old]!;
      if (hash === 0) continue;
      const place = this.placeOf(hash);
      this.hashes[place] = hash;
      this.repeated[place] = repeated[old]!;
    }
  }
}

/** Two multiplicative hashes side by side, 53 bits, never 0 (which marks a free place). */
function hashOf(key: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at);
    low = Math.imul(low ^ unit, 2_654_435_761);
    high = Math.imul(high ^ unit, 1_597_334_677);
  }
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  return 4_294_967_296 * (high & 0x1f_ffff) + (low >>> 0) || 1;
}
