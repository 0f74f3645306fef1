import { createHash } from 'node:crypto';

import type { Answer, Caller } from './caller.js';
import type { Delivery } from './plan.js';

const mediaTypes = {
  CSV: 'text/csv',
  ZIP: 'application/zip',
  NDJSON: 'application/x-ndjson',
  XML: 'application/xml',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  FIXED: 'text/plain',
} as const;

const pieceType = 'application/offset+octet-stream';
const batchesOf = ({ feed }: Delivery): string => `/api/ingestion/feeds/${feed.feed}/batches`;

/** A workbook and a fixed layout say their charset themselves. */
function typeOf({ style, told }: Delivery): string {
  const own = style.form === 'XLSX' || style.form === 'FIXED';
  return mediaTypes[style.form] + (told && !own ? `; charset=${told}` : '');
}

const headersOf = (delivery: Delivery, reference: string): Record<string, string> => ({
  'content-type': typeOf(delivery),
  'batch-reference': reference,
  ...(delivery.style.gzip && { 'content-encoding': 'gzip' }),
});

export const send = (caller: Caller, delivery: Delivery, reference = delivery.reference): Promise<Answer> =>
  caller.call('POST', batchesOf(delivery), delivery.body, headersOf(delivery, reference));

/** Another content under a reference that was used. */
export function sendOther(caller: Caller, delivery: Delivery): Promise<Answer> {
  const { 'content-encoding': _packed, ...headers } = headersOf(delivery, delivery.reference);
  return caller.call('POST', batchesOf(delivery), Buffer.concat([delivery.content.bytes, Buffer.from(' ')]), headers);
}

/** The connection is lost in the middle; the same is then sent again. */
export async function sendCut(caller: Caller, delivery: Delivery): Promise<Answer> {
  await caller.hangUp(batchesOf(delivery), delivery.body, headersOf(delivery, delivery.reference));
  return send(caller, delivery);
}

/** What a sender in pieces is told: where its mistakes were not refused, and the answer to the whole. */
export interface PieceStory {
  answer: Answer;
  mistakes: string[];
}

/** In pieces, with every mistake that a sender can make: a hole, an overlap, and the last piece from two hands at once. */
export async function sendInPieces(caller: Caller, delivery: Delivery): Promise<PieceStory> {
  const { bytes } = delivery.content;
  const announced = {
    bytes: bytes.length,
    contentType: typeOf(delivery),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const path = batchesOf(delivery).replace(/batches$/, 'uploads');
  const started = await caller.call('POST', path, Buffer.from(JSON.stringify(announced)), {
    'content-type': 'application/json',
    'batch-reference': delivery.reference,
  });
  const id = String(started.body['id']);
  const piece = (from: number, to: number): Promise<Answer> =>
    caller.call('PATCH', `/api/ingestion/uploads/${id}`, bytes.subarray(from, to), {
      'content-type': pieceType,
      'upload-offset': String(from),
    });
  const half = Math.max(1, Math.floor(bytes.length / 2));
  const mistakes: string[] = [];
  const refused = (what: string, { status, body }: Answer): void => {
    if (status !== 409) mistakes.push(`${what} was answered with ${status} ${body['code'] ?? ''}`);
  };
  refused('a piece beyond a hole', await piece(half, bytes.length));
  await piece(0, half);
  if (half > 1) refused('a piece that begins too early', await piece(1, bytes.length));
  const [one, other] = await Promise.all([piece(half, bytes.length), piece(half, bytes.length)]);
  const whole = [one, other].find(({ body }) => body['batch']);
  return { answer: { status: whole ? 202 : one.status, body: whole ? whole.body['batch'] : one.body }, mistakes };
}
