/** A message as it is kept: one line of the file that a batch of a topic is. */
export interface KeptMessage {
  topic: string;
  partition: number;
  offset: string;
  /** The body as text. */
  value?: string;
  /** The body of a message that is no text, or its beginning. */
  base64?: string;
  /** The body was longer than a line may be: only its beginning is kept. */
  cut?: true;
}

/** A line of a file has at most a megabyte, whatever its letters take. */
const lineLengthMax = 300_000;
const shownLength = 1_000;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** One line without its end; never longer than a line may be, and the same for the same message. */
export function lineOfMessage(
  place: Pick<KeptMessage, 'topic' | 'partition'>,
  { offset, value }: { offset: bigint; value: Buffer | null },
): string {
  const message = { topic: place.topic, partition: place.partition, offset: String(offset) };
  if (value === null) return JSON.stringify(message);
  const text = textOf(value);
  const body = text === undefined ? { base64: value.toString('base64') } : { value: text };
  const line = JSON.stringify({ ...message, ...body });
  if (line.length <= lineLengthMax) return line;
  const shown =
    text === undefined
      ? { base64: value.subarray(0, shownLength).toString('base64') }
      : { value: text.slice(0, shownLength) };
  return JSON.stringify({ ...message, ...shown, cut: true });
}

function textOf(value: Buffer): string | undefined {
  try {
    return decoder.decode(value);
  } catch {
    return undefined;
  }
}

/** Where a person finds the message. */
export const placeOfMessage = ({ topic, partition, offset }: KeptMessage): string => `${topic}[${partition}]@${offset}`;
