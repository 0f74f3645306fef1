/** One line of a file as bytes, without its end. */
export interface ByteLine {
  number: number;
  bytes: Buffer;
  offset: number;
  /** Then `bytes` are only its beginning. */
  tooLong: boolean;
}

/** As for other lines: far beyond any record. */
const lineBytesMax = 1 << 20;
const shownBytes = 1_000;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** The lines of a stream of bytes, a block at a time; a line without end costs a megabyte and no more. */
export async function* byteLinesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<ByteLine[]> {
  const cutter = new LineCutter();
  for await (const piece of pieces) yield cutter.take(piece);
  yield cutter.end();
}

class LineCutter {
  private rest: Buffer = Buffer.alloc(0);
  private offset = 0;
  private number = 1;
  private skipping = false;

  take(piece: Buffer): ByteLine[] {
    const lines: ByteLine[] = [];
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    let at = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, at)) {
      if (!this.skipping) lines.push(this.line(bytes.subarray(at, end), false));
      this.skipping = false;
      this.offset += end + 1 - at;
      at = end + 1;
    }
    this.rest = bytes.subarray(at);
    if (this.rest.length > lineBytesMax || this.skipping) {
      if (!this.skipping) lines.push(this.line(Buffer.from(this.rest.subarray(0, shownBytes)), true));
      this.offset += this.rest.length;
      [this.rest, this.skipping] = [Buffer.alloc(0), true];
    }
    return lines;
  }

  end(): ByteLine[] {
    return this.rest.length === 0 || this.skipping ? [] : [this.line(this.rest, false)];
  }

  private line(whole: Buffer, endless: boolean): ByteLine {
    // The same wherever the pieces of a file end.
    const tooLong = endless || whole.length > lineBytesMax;
    const bytes = tooLong ? whole.subarray(0, shownBytes) : whole;
    const mark = this.offset === 0 && bytes.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
    const carriage = bytes.at(-1) === 13 ? 1 : 0;
    const line = {
      number: this.number,
      bytes: bytes.subarray(mark, bytes.length - carriage),
      offset: this.offset,
      tooLong,
    };
    this.number += 1;
    return line;
  }
}
