/** Tells how far something has come: a bar that rewrites itself on a terminal, else a plain line now and then. */
export class Progress {
  private saidAt = performance.now();
  private readonly beganAt = performance.now();

  constructor(private readonly what: string) {}

  /** A plain line comes at most every five seconds. */
  at(done: number, unit: string): void {
    const text = `${this.what}: ${done} ${unit}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${text}`);
    else if (performance.now() - this.saidAt > 5_000) {
      this.saidAt = performance.now();
      console.log(text);
    }
  }

  end(text: string): void {
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
    const seconds = ((performance.now() - this.beganAt) / 1_000).toFixed(1);
    console.log(`${this.what}: ${text} in ${seconds} s`);
  }
}
