import { setTimeout as pause } from 'node:timers/promises';

import type { Clock } from '@app/kernel';

import { PullFailed, ReferenceEmpty } from '../connector/connector.error.js';
import type { HttpConnector } from '../connector/connector.rules.js';
import { type PulledPage, pageOfAnswer, waitMs } from './page.rules.js';
import type { Prover } from './proof.driver.js';

export interface PageSource {
  connector: HttpConnector;
  url: string;
  prover: Prover;
  clock: Clock;
  stop: AbortSignal;
}

/** What is asked for; `after` is where the page before ended. */
export interface PageWish {
  feed: string;
  after: string;
  /** Ends of the pages that came during this visit: none of them comes again. */
  seen: ReadonlySet<string>;
  /** Further parameters, such as the day. */
  query?: Record<string, string>;
}

type Tried = { page: PulledPage } | { retryAfter: string | null; why: string };

/** Answers that will not change by asking again. */
const finalStatuses = new Set([400, 401, 403, 404, 410, 422]);
/** Nobody waits longer than this with a connection in hand: the visit ends and comes again. */
const waitInHandMaxMs = 60_000;

/** Nothing is there under this address (404), which a day that is not ready yet also says. */
export class NothingThere extends PullFailed {}

/** One page, asked for again after faults: time-outs, cut bodies, 429, 5xx, and the page before once more. */
export async function fetchPage(source: PageSource, wish: PageWish): Promise<PulledPage> {
  let why = '';
  for (let tries = 1; tries <= source.connector.triesMax; tries += 1) {
    const tried = await tryPage(source, wish);
    if ('page' in tried) return tried.page;
    why = tried.why;
    const nowMs = source.clock.now().getTime();
    const wait = waitMs(tries, tried.retryAfter, { jitter: Math.random(), nowMs });
    if (wait > waitInHandMaxMs) throw new PullFailed(`${why} and wants to be left alone`, Math.ceil(wait / 1_000));
    if (tries < source.connector.triesMax) await pause(wait, undefined, { signal: source.stop });
  }
  throw new PullFailed(why);
}

async function tryPage(source: PageSource, wish: PageWish): Promise<Tried> {
  const timeOut = AbortSignal.timeout(source.connector.timeoutSeconds * 1_000);
  try {
    const answer = await ask(source, wish, timeOut);
    if (answer.status === 404) throw new NothingThere('it answers 404');
    if (finalStatuses.has(answer.status)) throw new PullFailed(`it answers ${answer.status}`);
    if (answer.status !== 200)
      return { why: `it answers ${answer.status}`, retryAfter: answer.headers.get('retry-after') };
    return judge(pageOfAnswer(await answer.json(), wish.feed), wish);
  } catch (error) {
    if (error instanceof PullFailed || error instanceof ReferenceEmpty || source.stop.aborted) throw error;
    return { why: timeOut.aborted ? 'it takes too long' : 'the connection broke', retryAfter: null };
  }
}

function judge(page: PulledPage | undefined, { after, seen, query }: PageWish): Tried {
  if (!page) return { why: 'its answer is no page', retryAfter: null };
  // An earlier page once more: it holds rows but leads nowhere, or in a circle.
  if (page.items.length > 0 && (page.cursor === after || seen.has(page.cursor)))
    return { why: 'it repeats an earlier page', retryAfter: '0' };
  return page.sequence && page.sequence.to < Number(query?.['from'] ?? 0)
    ? { why: 'it gives other rows than were asked for', retryAfter: null }
    : { page };
}

/** A refused proof is renewed once: a token may have ended, or a clock be off. */
async function ask(source: PageSource, wish: PageWish, timeOut: AbortSignal): Promise<Response> {
  const address = addressOf(source, wish);
  const signal = AbortSignal.any([source.stop, timeOut]);
  const send = async () =>
    fetch(address, {
      headers: { ...(await source.prover.headersFor(address, signal)), accept: 'application/json' },
      redirect: 'error',
      signal,
    });
  const answer = await send();
  if (answer.status !== 401 || !source.prover.renew(answer)) return answer;
  await answer.body?.cancel();
  return send();
}

function addressOf({ connector, url }: PageSource, { feed, after, query = {} }: PageWish): URL {
  const address = new URL(connector.path.replace('{feed}', encodeURIComponent(feed)), url);
  address.searchParams.set('limit', String(connector.pageRows));
  if (after !== '') address.searchParams.set('after', after);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address;
}
