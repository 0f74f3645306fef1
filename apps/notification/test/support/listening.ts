import { setTimeout as pause } from 'node:timers/promises';

export interface Heard {
  id: string | null;
  event: string;
  data: any;
}

/** A browser's end of a stream, as EventSource reads it. */
export class Listening {
  readonly events: Heard[] = [];
  comments = 0;
  ended = false;
  private constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {}

  static async open(url: string, headers: Record<string, string>): Promise<Listening> {
    const abort = new AbortController();
    const response = await fetch(url, { headers, signal: abort.signal });
    const listening = new Listening(response, abort);
    if (response.ok) void listening.read();
    return listening;
  }

  notices = (): number[] => this.events.filter(({ event }) => event === 'notice').map(({ id }) => Number(id));

  /** Waits for something that must come; fails after five seconds. */
  async until(what: () => boolean): Promise<void> {
    const giveUpAt = performance.now() + 5_000;
    while (!what()) {
      if (performance.now() > giveUpAt) throw new Error(`did not come: ${JSON.stringify(this.events)}`);
      await pause(5);
    }
  }

  close(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const part of this.response.body!) {
        text += decoder.decode(part, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) this.take(block);
      }
    } catch {
      // aborted by ourselves
    }
    this.ended = true;
  }

  private take(block: string): void {
    const lines = block.split('\n');
    if (lines.some((line) => line.startsWith(':'))) this.comments += 1;
    const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const data = field('data');
    if (data !== undefined)
      this.events.push({ id: field('id') ?? null, event: field('event')!, data: JSON.parse(data) });
  }
}
