import { isOpen } from '../client/intention.query.js';
import { ProblemError } from '../client/problem.error.js';

/** Asking for each piece costs nothing beside it, and a slow line sends one in half a minute. */
export const pieceBytes = 4_194_304;
/** A line that is down for a minute is waited out; after that a person decides. */
const triesMax = 8;
const waitMaxMs = 15_000;

/** Where the service stands with a file. */
export interface Standing {
  readonly offset: number;
  readonly bytes: number;
  readonly batch: { readonly id: string } | null;
}

/** How a file goes to the service; tests send it elsewhere. */
export interface Way {
  send(offset: number, piece: Blob): Promise<Standing>;
  ask(): Promise<Standing>;
  rest(ms: number): Promise<unknown>;
  report(standing: Standing): void;
  stopped(): boolean;
}

/**
 * Sends a file from where the service stands until it is a delivery, whose id is the answer; null when stopped before. After
 * anything that passes the service is asked how much arrived: nothing is sent twice, and nothing is left out.
 */
export async function sendInPieces(file: Blob, way: Way): Promise<string | null> {
  let standing: Standing | undefined;
  let furthest = -1;
  let failures = 0;
  while (!way.stopped()) {
    try {
      standing = standing ? await way.send(standing.offset, pieceOf(file, standing.offset)) : await way.ask();
      way.report(standing);
      if (standing.batch) return standing.batch.id;
      if (standing.offset > furthest) failures = 0;
      furthest = Math.max(furthest, standing.offset);
    } catch (error) {
      standing = undefined;
      failures += 1;
      if (way.stopped()) return null;
      if (!passes(error) || failures > triesMax) throw error;
      await way.rest(Math.min(1_000 * 2 ** (failures - 1), waitMaxMs));
    }
  }
  return null;
}

/** Empty at the end of the file: that is how a sender asks to finish what is whole already. */
const pieceOf = (file: Blob, offset: number): Blob => file.slice(offset, offset + pieceBytes);

const passing: readonly string[] = ['INGESTION.UPLOAD_OFFSET', 'INGESTION.UPLOAD_BUSY', 'INGESTION.DELIVERY_CUT'];

const passes = (error: unknown): boolean =>
  isOpen(error) || (error instanceof ProblemError && passing.includes(error.problem.code));
