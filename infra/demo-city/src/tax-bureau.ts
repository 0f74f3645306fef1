import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { City } from './city.js';
import { pullPlans } from './delivery-plan.js';
import { type BureauFault, faultSequence, type FaultOptions, faultTimes } from './tax-faults.js';
import { TaxJournal, type TaxPage } from './tax-journal.js';

export interface TaxBureauOptions {
  /** 0 takes a free one. */
  readonly port?: number;
  readonly key?: string;
  readonly faults?: FaultOptions;
}

export interface TaxBureau {
  readonly url: string;
  readonly key: string;
  /** Counts so far. */
  readonly served: {
    readonly requests: number;
    readonly pages: number;
    readonly faults: Partial<Record<BureauFault, number>>;
  };
  close(): Promise<void>;
}

interface Asked {
  readonly feed: string;
  readonly after: string;
  readonly limit: number;
}

const limitUsual = 500;
const limitMax = 1_000;

/**
 * Starts the tax bureau's own API on 127.0.0.1; tax-bureau.md is its contract. `city` may be a function: it is called at
 * the first request. Fails as the contract says, with a share of 6 % unless told otherwise.
 */
export async function startTaxBureau(city: City | (() => City), options: TaxBureauOptions = {}): Promise<TaxBureau> {
  const { port = 0, key = randomBytes(18).toString('base64url'), faults = { seed: 1 } } = options;
  const desk = new BureauDesk(typeof city === 'function' ? city : () => city, key, faults);
  const server = createServer((request, response) => desk.answer(request, response));
  await listen(server, port);
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    key,
    served: desk.served,
    close: () => stop(server, desk),
  };
}

/** Answers requests one by one and counts what it did. */
class BureauDesk {
  readonly served = { requests: 0, pages: 0, faults: {} as Partial<Record<BureauFault, number>> };
  readonly #journal: TaxJournal;
  readonly #key: string;
  readonly #nextFault: (page: string, first: boolean) => BureauFault | null;
  readonly #times: { slowMs: number; retryAfterSeconds: number };
  readonly #waiting = new Set<NodeJS.Timeout>();

  constructor(city: () => City, key: string, faults: FaultOptions) {
    this.#journal = new TaxJournal(city);
    this.#key = key;
    this.#nextFault = faultSequence(faults);
    this.#times = faultTimes(faults);
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    this.served.requests += 1;
    if (!this.#knows(request.headers.authorization)) return sendJson(response, 401, { error: 'unknown key' });
    if (request.method !== 'GET') return sendJson(response, 404, { error: 'no such route' });
    const url = new URL(request.url ?? '/', 'http://bureau');
    if (url.pathname === '/returns') return sendJson(response, 200, this.#overview());
    const feed = pullPlans.find((plan) => url.pathname === `/returns/${plan.feed}`)?.feed;
    if (feed === undefined) return sendJson(response, 404, { error: 'no such feed' });
    const limit = limitOf(url);
    if (limit === undefined) return sendJson(response, 400, { error: `limit is a whole number from 1 to ${limitMax}` });
    return this.#page({ feed, after: url.searchParams.get('after') ?? '', limit }, response);
  }

  /** Ends the answers that are still being held back. */
  close(): void {
    for (const timer of this.#waiting) clearTimeout(timer);
    this.#waiting.clear();
  }

  #knows(header: string | undefined): boolean {
    const given = Buffer.from(header ?? '');
    const wanted = Buffer.from(`Bearer ${this.#key}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  #overview(): unknown {
    return {
      feeds: pullPlans.map(({ feed }) => ({ feed, total: this.#journal.total(feed), asOf: this.#journal.asOf })),
    };
  }

  #page(asked: Asked, response: ServerResponse): void {
    const page = this.#journal.page(asked);
    if (page === undefined) return sendJson(response, 400, { error: 'not a cursor of this feed' });
    const fault = this.#nextFault(`${asked.feed} ${asked.after}`, page.from === 0);
    if (fault === null) return this.#deliver(response, page);
    this.served.faults[fault] = (this.served.faults[fault] ?? 0) + 1;
    this.#fail(fault, asked, page, response);
  }

  #deliver(response: ServerResponse, page: TaxPage): void {
    this.served.pages += 1;
    sendJson(response, 200, page.body);
  }

  #fail(fault: BureauFault, asked: Asked, page: TaxPage, response: ServerResponse): void {
    switch (fault) {
      case 'UNAVAILABLE':
        return this.#refuse(response, 503, 'out of service');
      case 'TOO_MANY':
        return this.#refuse(response, 429, 'too many requests');
      case 'CUT':
        return cutShort(response, page.body);
      case 'DUPLICATE':
        return this.#deliver(response, this.#journal.pageBefore(asked, page));
      case 'SLOW': {
        const timer = setTimeout(() => {
          this.#waiting.delete(timer);
          if (!response.destroyed) this.#deliver(response, page);
        }, this.#times.slowMs);
        this.#waiting.add(timer);
      }
    }
  }

  #refuse(response: ServerResponse, status: number, error: string): void {
    response.setHeader('Retry-After', `${this.#times.retryAfterSeconds}`);
    sendJson(response, status, { error });
  }
}

function limitOf(url: URL): number | undefined {
  const limit = Number(url.searchParams.get('limit') ?? limitUsual);
  return Number.isInteger(limit) && limit >= 1 && limit <= limitMax ? limit : undefined;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': bytes.length });
  response.end(bytes);
}

/** Promises the whole body and ends the connection in the middle of it. */
function cutShort(response: ServerResponse, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function stop(server: Server, desk: BureauDesk): Promise<void> {
  desk.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
