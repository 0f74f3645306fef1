/** Lanes of every topic; a number that may never change while events are on the bus. */
export const partitionsPerTopic = 16;

/** The lane of a key: the same for ever and in every process (FNV-1a over UTF-16 units, folded to use its high bits too). */
export function partitionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return ((hash >>> 16) ^ hash) & (partitionsPerTopic - 1);
}
