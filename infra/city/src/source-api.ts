import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';

/** A page that waits to be asked for, or was. */
interface Page {
  cursor: string;
  items: string[];
  /** After which place it was asked for: the platform names its batch so. */
  after: string | undefined;
  asked: number;
}

/** The paged API of sources: each delivery is a page. It has its moods: busy at first, broken off, the page before again. */
export class SourceApi {
  private readonly pages = new Map<string, Page[]>();

  private constructor(
    private readonly server: Server,
    private readonly key: string,
  ) {}

  static async open(port: number, key: string): Promise<SourceApi> {
    const server = createServer();
    const api = new SourceApi(server, key);
    server.on('request', ({ url = '', headers }, response) => api.answer(new URL(url, 'http://x'), headers, response));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return api;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** Lays a page ready; `lines` are JSON objects. */
  add(feed: string, cursor: string, lines: string[]): void {
    const pages = this.pages.get(feed) ?? [];
    pages.push({ cursor, items: lines, after: undefined, asked: 0 });
    this.pages.set(feed, pages);
  }

  /** How the platform calls the batch of a page, once it has asked for it. */
  referenceOf(feed: string, cursor: string): string | undefined {
    const after = this.pages.get(feed)?.find((page) => page.cursor === cursor)?.after;
    return after === undefined ? undefined : `pull-${feed}-${after === '' ? 'start' : after}`;
  }

  private answer(url: URL, headers: Record<string, unknown>, response: ServerResponse): void {
    if (headers['authorization'] !== `Bearer ${this.key}`) return end(response, 401, '{}');
    const feed = decodeURIComponent(url.pathname.split('/').at(-1)!);
    const after = url.searchParams.get('after') ?? '';
    const pages = this.pages.get(feed) ?? [];
    // A place of another run: what is here comes behind it.
    const page = pages[pages.findIndex(({ cursor }) => cursor === after) + 1];
    if (!page) return end(response, 200, textOf(feed, { cursor: after, items: [] }));
    page.asked += 1;
    if (page.asked === 1 && this.hasMood(response, feed, pages, page)) return undefined;
    page.after = after;
    return end(response, 200, textOf(feed, page));
  }

  /** One page in two is not given at the first time of asking. */
  private hasMood(response: ServerResponse, feed: string, pages: Page[], page: Page): boolean {
    const at = pages.indexOf(page);
    const before = pages[at - 1];
    if (at % 6 === 1) end(response, 429, '{}', { 'retry-after': '0' });
    else if (at % 6 === 3) {
      const text = textOf(feed, page);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.write(text.slice(0, text.length / 2), () => response.destroy());
    } else if (at % 6 === 5 && before) end(response, 200, textOf(feed, before));
    else return false;
    return true;
  }
}

const textOf = (feed: string, { cursor, items }: Pick<Page, 'cursor' | 'items'>): string =>
  `{"feed":${JSON.stringify(feed)},"items":[${items.join(',')}],"cursor":${JSON.stringify(cursor)},"next":null}`;

function end(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}
