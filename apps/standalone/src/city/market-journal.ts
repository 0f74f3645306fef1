import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';

interface Line {
  key: string;
  id: string | null;
}

/**
 * What of the market's plan is done, one line each. Written after the answer, so an act may be done and not be here: it
 * is sent again and gets the stored answer of its key.
 */
export class MarketJournal {
  private readonly ids = new Map<string, string | null>();

  private readonly file: number;

  constructor(path: string) {
    const known = existsSync(path) ? readFileSync(path, 'utf8') : '';
    this.file = openSync(path, 'a');
    for (const text of known.split('\n')) {
      const line = readLine(text);
      if (line) this.ids.set(line.key, line.id);
    }
  }

  isDone(key: string): boolean {
    return this.ids.has(key);
  }

  /** The id that an act was answered with; undefined when it was refused or is still to come. */
  idOf(key: string): string | undefined {
    return this.ids.get(key) ?? undefined;
  }

  /** Reaches the system at once: a process that is killed has written it. */
  note(key: string, id: string | null): void {
    this.ids.set(key, id);
    // The line break comes first: a line that a kill cut short does not spoil the next one.
    writeSync(this.file, `\n${JSON.stringify({ key, id })}`);
  }

  close(): void {
    closeSync(this.file);
  }
}

function readLine(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
