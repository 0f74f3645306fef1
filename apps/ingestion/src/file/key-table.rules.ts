import { KeyFilter } from './key-filter.rules.js';

const initialPlaces = 1 << 16;
/** Beyond this share of places taken, looking one up takes too many steps. */
const loadMax = 0.7;
/** Up to here (150 MB) every key is held; more keys share the fixed memory of a filter. */
const exactPlacesMax = 1 << 24;

/**
 * Tells which keys of a file come more than once, in nine bytes a key whatever its length. It holds hashes of 53 bits:
 * two keys that meet in one are taken for repeated, which costs a little time and nothing else.
 */
export class KeyTable {
  private hashes = new Float64Array(initialPlaces);
  private repeated = new Uint8Array(initialPlaces);
  private taken = 0;
  private filter: KeyFilter | undefined;

  constructor(
    private readonly placesMax = exactPlacesMax,
    private readonly makeFilter = () => new KeyFilter(),
  ) {}

  add(key: string): void {
    this.addHash(hashOf(key));
  }

  /** The same as `add` of the text, for a key whose bytes are ASCII. */
  addBytes(bytes: Uint8Array, from: number, to: number): void {
    this.addHash(hashOfBytes(bytes, from, to));
  }

  isRepeated(key: string): boolean {
    if (this.filter) return this.filter.isRepeated(hashOf(key));
    return this.repeated[this.placeOf(hashOf(key))] === 1;
  }

  private addHash(hash: number): void {
    if (this.filter) {
      this.filter.add(hash);
      return;
    }
    const place = this.placeOf(hash);
    if (this.hashes[place] === hash) {
      this.repeated[place] = 1;
      return;
    }
    this.hashes[place] = hash;
    this.taken += 1;
    if (this.taken > this.hashes.length * loadMax) this.grow();
  }

  private placeOf(hash: number): number {
    const mask = this.hashes.length - 1;
    let place = (hash % 4_294_967_291) & mask;
    while (this.hashes[place] !== 0 && this.hashes[place] !== hash) place = (place + 1) & mask;
    return place;
  }

  private grow(): void {
    const { hashes, repeated } = this;
    if (hashes.length >= this.placesMax) {
      this.handOver();
      return;
    }
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

  /** A repeated key is put in twice, so that the filter knows it for one. */
  private handOver(): void {
    const filter = this.makeFilter();
    this.hashes.forEach((hash, place) => {
      if (hash === 0) return;
      filter.add(hash);
      if (this.repeated[place] === 1) filter.add(hash);
    });
    this.filter = filter;
    [this.hashes, this.repeated] = [new Float64Array(0), new Uint8Array(0)];
  }
}

const seedLow = 0xdeadbeef;
const seedHigh = 0x41c6ce57;
const factorLow = 2_654_435_761;
const factorHigh = 1_597_334_677;

/** Two multiplicative hashes side by side, 53 bits, never 0 (which marks a free place). */
function hashOf(key: string): number {
  let [low, high] = [seedLow, seedHigh];
  for (let at = 0; at < key.length; at += 1) {
    const unit = key.charCodeAt(at);
    low = Math.imul(low ^ unit, factorLow);
    high = Math.imul(high ^ unit, factorHigh);
  }
  return mixed(low, high);
}

function hashOfBytes(bytes: Uint8Array, from: number, to: number): number {
  let [low, high] = [seedLow, seedHigh];
  for (let at = from; at < to; at += 1) {
    const unit = bytes[at]!;
    low = Math.imul(low ^ unit, factorLow);
    high = Math.imul(high ^ unit, factorHigh);
  }
  return mixed(low, high);
}

function mixed(lowRaw: number, highRaw: number): number {
  let low = Math.imul(lowRaw ^ (lowRaw >>> 16), 2_246_822_507) ^ Math.imul(highRaw ^ (highRaw >>> 13), 3_266_489_909);
  const high = Math.imul(highRaw ^ (highRaw >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low >>>= 0;
  return 4_294_967_296 * (high & 0x1f_ffff) + low || 1;
}
