import { setTimeout as pause } from 'node:timers/promises';

import type { Connector, PulledPage } from './connector.rules.js';
import { pageOfAnswer, waitMs } from './connector.rules.js';
import { PullFailed } from './pull.error.js';

export interface PageSource {
  connector: Connector;
  url: string;
  key: string;
  stop: AbortSignal;
}

type Tried = { page: PulledPage } | { retryAfter: string | null; why: string };

/** Answers that will not change by asking again. */
const finalStatuses = new Set([400, 401, 403, 404, 410, 422]);

/** One page, asked for again after faults: time-outs, cut bodies, 429, 5xx, and the page before once more. */
export async function fetchPage(source: PageSource, feed: string, after: string): Promise<PulledPage> {
  let why = '';
  for (let tries = 1; tries <= source.connector.triesMax; tries += 1) {
    const tried = await tryPage(source, feed, after);
    if ('page' in tried) return tried.page;
    why = tried.why;
    if (tries < source.connector.triesMax)
      await pause(waitMs(tries, tried.retryAfter), undefined, { signal: source.stop });
  }
  throw new PullFailed(why);
}

async function tryPage({ connector, url, key, stop }: PageSource, feed: string, after: string): Promise<Tried> {
  const address = new URL(connector.path.replace('{feed}', encodeURIComponent(feed)), url);
  address.searchParams.set('limit', String(connector.pageRows));
  if (after !== '') address.searchParams.set('after', after);
  const timeOut = AbortSignal.timeout(connector.timeoutSeconds * 1_000);
  try {
    const answer = await fetch(address, {
      headers: { authorization: `Bearer ${key}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.any([stop, timeOut]),
    });
    if (finalStatuses.has(answer.status)) throw new PullFailed(`it answers ${answer.status}`);
    if (answer.status !== 200)
      return { why: `it answers ${answer.status}`, retryAfter: answer.headers.get('retry-after') };
    const page = pageOfAnswer(await answer.json());
    if (!page) return { why: 'its answer is no page', retryAfter: null };
    // The page before once more: it holds rows but leads nowhere.
    if (page.cursor === after && page.items.length > 0) return { why: 'it repeats the page before', retryAfter: '0' };
    return { page };
  } catch (error) {
    if (error instanceof PullFailed || stop.aborted) throw error;
    return { why: timeOut.aborted ? 'it takes too long' : 'the connection broke', retryAfter: null };
  }
}
