/** What banks keep as evidence: a paper, a photograph, a screenshot. Nothing that runs when it is opened. */
export const mediaTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** A page scanned in colour; as base64 it still fits a request of 1 MB. */
export const attachmentBytesMax = 524_288;
/** Text of base64 for the largest file. */
export const contentCharactersMax = Math.ceil(attachmentBytesMax / 3) * 4;
/** Files of one case: more is a document archive, which this is not. */
export const attachmentsMax = 20;
/** Files named by one contact or visit. */
export const attachmentsOfActMax = 5;

const firstBytes: Record<MediaType, readonly number[]> = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
};

/** Whether a file begins as its kind does: a page of script that calls itself a picture does not. */
export const isOfType = (content: Uint8Array, type: MediaType): boolean =>
  firstBytes[type].every((byte, place) => content[place] === byte);

/** Strict base64: with padding, without line ends, and no second spelling of the same bytes. */
export function decodeBase64(text: string): Buffer | undefined {
  const content = Buffer.from(text, 'base64');
  return content.length > 0 && content.toString('base64') === text ? content : undefined;
}
