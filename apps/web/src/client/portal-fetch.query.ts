import { AnswerLost, problemOf } from './problem.error.js';

type Fetch = (request: Request) => Promise<Response>;

const refreshPath = '/api/identity/sessions/refresh';

/**
 * Wraps `fetch` for the whole page: the cookie goes along, an expired session is renewed once, and everything that is not 2xx
 * is thrown as a `ProblemError`, so that a page never has to look at a status.
 */
export function portalFetch(fetch: Fetch): Fetch {
  const renew = sharedRenewal(fetch);
  return async (request) => {
    const again = request.clone(); // a body can be read once only
    let response = await answered(fetch, request);
    if (response.status === 401 && !isAboutSessions(request) && (await renew(request.url))) {
      response = await answered(fetch, again);
    }
    if (response.ok) return response;
    throw await problemOf(response);
  };
}

async function answered(fetch: Fetch, request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw new AnswerLost(error);
  }
}

/** A wrong password is a 401 as well, and renewing would not mend it. */
const isAboutSessions = (request: Request) => new URL(request.url).pathname.startsWith('/api/identity/sessions');

/** Ten requests that expire together renew once. */
function sharedRenewal(fetch: Fetch): (url: string) => Promise<boolean> {
  let running: Promise<boolean> | null = null;
  return (url) => {
    running ??= oneTabAtATime(() => renewal(fetch, url)).finally(() => (running = null));
    return running;
  };
}

/** A refresh token works once: two tabs that send the same one at once would end the session as stolen. */
function oneTabAtATime(renew: () => Promise<boolean>): Promise<boolean> {
  const locks = globalThis.navigator?.locks; // absent on plain http and outside browsers
  return locks ? locks.request('xinqiao.renewal', renew) : renew();
}

async function renewal(fetch: Fetch, url: string): Promise<boolean> {
  const request = new Request(new URL(refreshPath, url), { method: 'POST', credentials: 'same-origin' });
  const response = await answered(fetch, request);
  return response.ok;
}
