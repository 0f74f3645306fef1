/** A file on its way, as this browser remembers it over a reload; the file itself has to be chosen again. */
export interface KeptUpload {
  readonly id: string;
  readonly feed: string;
  readonly reference: string;
  readonly name: string;
  readonly bytes: number;
  readonly lastModified: number;
  /** Of both ends of its content. */
  readonly mark: string;
}

export type FileFacts = Pick<KeptUpload, 'bytes' | 'lastModified' | 'mark'>;

/** Half of another file behind the first half of this one would be a delivery that nobody sent. */
export const isSameFile = (kept: KeptUpload, chosen: FileFacts): boolean =>
  kept.bytes === chosen.bytes && kept.lastModified === chosen.lastModified && kept.mark === chosen.mark;

/** FNV-1a: tells contents apart that were mixed up by hand, on plain http as well, where browsers have no SHA-256. */
export function markOf(content: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of content) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** What is left at the speed so far, in seconds; null before there is any to speak of. */
export function secondsLeft({ sent, left, ms }: { sent: number; left: number; ms: number }): number | null {
  return sent <= 0 || ms < 1_000 ? null : Math.ceil((left * ms) / sent / 1_000);
}
