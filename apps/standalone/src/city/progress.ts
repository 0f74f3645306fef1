/** Tells how far something has come: a bar that rewrites itself on a terminal, else a plain line now and then. */
export class Progress {
  private saidAt = 0;

  constructor(private readonly what: string) {}

  /** A plain line comes at most every five seconds. */
  at(done: number, total: number, unit: string): void {
    const text = `${this.what}: ${done} of ${total} ${unit}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}`);
    else if (Date.now() - this.saidAt > 5_000) {
      this.saidAt = Date.now();
      console.log(text);
    }
  }

  end(text: string): void {
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
    console.log(`${this.what}: ${text}`);
  }
}
