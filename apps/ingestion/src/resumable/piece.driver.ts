import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** After so many bytes they are made safe and the place is kept: a crash costs no more than these. */
const safeEveryBytes = 32_000_000;
/**
 * After so long, too: whoever writes slowly says that it is still there, and whoever fell silent for so long asks before it
 * writes again, as another one may write by now. Well within the time for which the right to write is given.
 */
const safeEveryMs = 10_000;
const runOutBytesMax = 64_000_000;

export interface Piece {
  path: string;
  /** Where the piece begins. */
  offset: number;
  /** Where the file ends. */
  end: number;
  content: AsyncIterable<Buffer>;
  /** Called when everything before `offset` is on disk for certain; false: another one writes now. */
  safe: (offset: number) => Promise<boolean>;
  /** Milliseconds of a clock that never goes back; absent: the process's own. */
  nowMs?: () => number;
}

/** How a piece ended; whatever came before is kept in each case. */
export type PieceEnd = 'WHOLE' | 'OVERRUN' | 'CUT' | 'LOST';

/** Writes a piece at its place. What stood there from an earlier try is written over. */
export async function writePiece(piece: Piece): Promise<PieceEnd> {
  await mkdir(dirname(piece.path), { recursive: true });
  const file = await open(piece.path, 'r+').catch(() => open(piece.path, 'w+'));
  try {
    return await writeInto(file, { nowMs: () => performance.now(), ...piece });
  } finally {
    await file.close();
  }
}

async function writeInto(file: FileHandle, piece: Required<Piece>): Promise<PieceEnd> {
  const { offset, end, content, safe, nowMs } = piece;
  let [at, safeAt] = [offset, offset];
  let [over, safeSince] = [0, nowMs()];
  const makeSafe = async (): Promise<boolean> => {
    await file.sync();
    [safeAt, safeSince] = [at, nowMs()];
    return safe(at);
  };
  try {
    for await (const chunk of content) {
      if (nowMs() - safeSince >= safeEveryMs && !(await makeSafe())) return 'LOST';
      const room = end - at;
      at += await writeAll(file, chunk.subarray(0, room), at);
      over += Math.max(0, chunk.length - room);
      // A sender whose connection breaks never learns why: what is too much is let run out, within reason.
      if (over > runOutBytesMax) break;
      if (at - safeAt >= safeEveryBytes && !(await makeSafe())) return 'LOST';
    }
  } catch (error) {
    // The disk's failures are ours; everything else is the sender's connection.
    if ((error as { syscall?: unknown }).syscall === 'write') throw error;
    return (await makeSafe()) ? 'CUT' : 'LOST';
  }
  if (!(await makeSafe())) return 'LOST';
  return over > 0 ? 'OVERRUN' : 'WHOLE';
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<number> {
  let done = 0;
  while (done < bytes.length)
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  return done;
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
