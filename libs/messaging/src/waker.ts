/** A rest that a call can end early; a call between two rests shortens the next one. */
export class Waker {
  private called = false;
  private end?: () => void;

  wake(): void {
    this.called = true;
    this.end?.();
  }

  async rest(ms: number): Promise<void> {
    if (!this.called)
      await new Promise<void>((done) => {
        const timer = setTimeout(done, ms);
        this.end = () => {
          clearTimeout(timer);
          done();
        };
      });
    delete this.end;
    this.called = false;
  }
}
