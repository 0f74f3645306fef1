import { AnswerLost, ProblemError } from '../client/problem.error.js';
import { pieceBytes, sendInPieces, type Standing, type Way } from './pieces.query.js';

const problem = (status: number, code: string) =>
  new ProblemError({ status, code, title: '', detail: '', errors: [], correlationId: null });

/** A service that keeps what arrives; `trouble` says what goes wrong with the nth piece, and how much of it arrived. */
class Service {
  kept = Buffer.alloc(0);
  readonly rests: number[] = [];
  readonly reported: number[] = [];
  pieces = 0;

  constructor(
    private readonly bytes: number,
    private readonly trouble: (piece: number) => { error: Error; arrived?: number } | undefined = () => undefined,
  ) {}

  standing = (): Standing => ({
    offset: this.kept.length,
    bytes: this.bytes,
    batch: this.kept.length === this.bytes && this.pieces > 0 ? { id: 'batch-1' } : null,
  });

  way(stopped = () => false): Way {
    return {
      stopped,
      ask: async () => this.standing(),
      report: ({ offset }) => this.reported.push(offset),
      rest: async (ms) => this.rests.push(ms),
      send: async (offset, piece) => {
        if (offset !== this.kept.length) throw problem(409, 'INGESTION.UPLOAD_OFFSET');
        const trouble = this.trouble((this.pieces += 1));
        const bytes = Buffer.from(await piece.arrayBuffer());
        this.kept = Buffer.concat([this.kept, trouble ? bytes.subarray(0, trouble.arrived ?? 0) : bytes]);
        if (trouble) throw trouble.error;
        return this.standing();
      },
    };
  }
}

const content = (bytes: number) => Buffer.from(new Uint8Array(bytes).map((_, place) => (place * 31) % 251));
const size = 2 * pieceBytes + 5;
const file = new Blob([content(size)]);

describe('a large file', () => {
  it('goes piece by piece, and its delivery is the answer', async () => {
    const service = new Service(10);
    expect(await sendInPieces(new Blob([content(10)]), service.way())).toBe('batch-1');
    expect(service.kept.equals(content(10))).toBe(true);
  });

  it('is whole and sent once although the line breaks in the middle of a piece', async () => {
    const service = new Service(size, (piece) =>
      piece === 2 ? { error: new AnswerLost(new TypeError('network')), arrived: 1_000 } : undefined,
    );
    expect(await sendInPieces(file, service.way())).toBe('batch-1');
    expect(service.kept.equals(content(size))).toBe(true);
    expect(service.rests).toEqual([1_000]);
    expect(service.reported).toContain(pieceBytes + 1_000);
  });

  it('goes on from where the service stands, and asks to finish what is whole', async () => {
    const service = new Service(10);
    service.kept = content(10);
    expect(await sendInPieces(new Blob([content(10)]), service.way())).toBe('batch-1');
    expect(service.pieces).toBe(1);
  });

  it('stops where a person stops it', async () => {
    const service = new Service(size);
    expect(
      await sendInPieces(
        file,
        service.way(() => service.pieces === 1),
      ),
    ).toBeNull();
    expect(service.kept).toHaveLength(pieceBytes);
  });

  it('is given up at once when the service says no, and after a while when nothing comes through', async () => {
    const refusing = new Service(10, () => ({ error: problem(413, 'INGESTION.UPLOAD_OVERRUN') }));
    await expect(sendInPieces(new Blob([content(10)]), refusing.way())).rejects.toMatchObject({
      problem: { code: 'INGESTION.UPLOAD_OVERRUN' },
    });
    expect(refusing.rests).toEqual([]);
    const dead = new Service(10, () => ({ error: new AnswerLost(new TypeError('network')) }));
    await expect(sendInPieces(new Blob([content(10)]), dead.way())).rejects.toBeInstanceOf(AnswerLost);
    expect(dead.rests).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 15_000]);
  });
});
