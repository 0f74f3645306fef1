import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request may meet instead of its page. */
export type Fault =
  | { status: number; retryAfter?: string }
  | 'CUT'
  | 'SILENT'
  | 'REPEATED'
  | 'OTHER_FEED'
  | 'NO_PAGE'
  | 'SKIPS'
  | 'TOKEN_ENDS';

export interface SourceRow {
  number: number;
  day: string;
  item: Record<string, string>;
}

/** A source's own paged API, by the book that its connector declares, and with faults in the order they are planned. */
export class FaultySource {
  readonly asked: string[] = [];
  faults: (Fault | undefined)[] = [];
  rows: SourceRow[] = [];
  /** Days that the source did not close yet. */
  openDays = new Set<string>();
  absentDays = new Set<string>();
  proof: (request: IncomingMessage) => boolean = () => true;
  /** How far this source's clock is ahead. */
  skewMs = 0;
  tokens = { given: 0, seconds: 300, valid: new Set<string>(), basic: '' };
  now = () => Date.now();
  url = '';
  /** Something that happens while a page is on its way. */
  onAsked: (() => Promise<void>) | undefined;
  private readonly server = createServer((request, response) => void this.comeTo(request, response));

  async open(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** A request of someone who holds a token that was given and still lives. */
  hasToken = (request: IncomingMessage): boolean =>
    this.tokens.valid.has((request.headers.authorization ?? '').replace('Bearer ', ''));

  /** A request that was signed with the secret, by a clock that is no more than a minute off, and never before. */
  signedWith(secret: string): (request: IncomingMessage) => boolean {
    const nonces = new Set<string>();
    return ({ method, url, headers }) => {
      const [timestamp, nonce] = [String(headers['x-timestamp']), String(headers['x-nonce'])];
      const text = [method, url, timestamp, nonce, createHash('sha256').update('').digest('hex')].join('\n');
      const fresh = Math.abs(Number(timestamp) * 1_000 - this.now() - this.skewMs) <= 60_000;
      const known = nonces.has(nonce);
      nonces.add(nonce);
      return fresh && !known && headers['x-signature'] === createHmac('sha256', secret).update(text).digest('base64');
    };
  }

  private async comeTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.onAsked?.();
    this.answer(request, response);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === '/token') return this.giveToken(request, response);
    this.asked.push(request.url!);
    const fault = this.faults.shift();
    if (fault === 'TOKEN_ENDS') this.tokens.valid.clear();
    if (!this.proof(request)) return this.send(response, 401, {});
    if (typeof fault === 'object')
      return this.send(
        response,
        fault.status,
        {},
        fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter },
      );
    if (fault === 'SILENT') return undefined;
    if (fault === 'NO_PAGE') return this.send(response, 200, { items: 'x' });
    const page = this.pageOf(new URL(request.url!, this.url), fault);
    if (page === undefined) return this.send(response, 404, {});
    return fault === 'CUT' ? this.cut(response, page) : this.send(response, 200, page);
  }

  private pageOf({ searchParams }: URL, fault: Fault | undefined): object | undefined {
    const day = searchParams.get('day');
    if (day !== null && this.absentDays.has(day)) return undefined;
    const ofDay = day === null ? {} : { complete: !this.openDays.has(day) };
    const after = Number(searchParams.get('after') ?? 0);
    const limit = Number(searchParams.get('limit'));
    const behind = this.behind(searchParams, fault === 'REPEATED' ? Math.max(0, after - limit) : after);
    const skipped = fault === 'SKIPS' ? 2 : 0;
    const rows = behind.slice(skipped, skipped + limit);
    const feed = fault === 'OTHER_FEED' ? 'court.bankruptcy' : 'tech.staff';
    const page = this.page(rows, behind, after);
    return { feed, ...page, ...ofDay, ...(fault === 'REPEATED' && { cursor: String(after) }) };
  }

  private page(rows: readonly SourceRow[], behind: readonly SourceRow[], after: number): object {
    const [first, end] = [rows[0]?.number, rows.at(-1)?.number ?? after];
    return {
      items: rows.map(({ item }) => item),
      cursor: String(end),
      next: (behind.at(-1)?.number ?? 0) > end ? String(end) : null,
      asOf: '2026-11-22',
      ...(first !== undefined && { sequence: { from: first, to: end } }),
    };
  }

  /** The rows behind a place, of the stretch or day that is asked for. */
  private behind(asked: URLSearchParams, from: number): SourceRow[] {
    const [first, last] = [Number(asked.get('from') ?? 0), Number(asked.get('to') ?? Infinity)];
    const wanted = asked.get('day');
    const within = this.rows.filter(({ number }) => number > from && number >= first && number <= last);
    return within.filter(({ day }) => wanted === null || day === wanted);
  }

  private giveToken(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers.authorization !== `Basic ${Buffer.from(this.tokens.basic).toString('base64')}`)
      return this.send(response, 401, {});
    this.tokens.given += 1;
    const token = `token-${this.tokens.given}`;
    this.tokens.valid.add(token);
    return this.send(response, 200, { access_token: token, token_type: 'Bearer', expires_in: this.tokens.seconds });
  }

  private send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
    response.writeHead(status, { 'content-type': 'application/json', date: this.date(), ...headers });
    response.end(JSON.stringify(body));
  }

  private cut(response: ServerResponse, body: object): void {
    const bytes = Buffer.from(JSON.stringify(body));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  }

  private date = (): string => new Date(this.now() + this.skewMs).toUTCString();
}
