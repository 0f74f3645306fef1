import { portalFetch } from './portal-fetch.query.js';
import { AnswerLost, ProblemError } from './problem.error.js';

const address = 'http://portal.test/api/marketplace/needs';

/** A server that answers as the story says and remembers what it was asked. */
function server(...answers: (() => Response)[]) {
  const asked: string[] = [];
  const fetch = async (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`.trim());
    const answer = answers.shift();
    if (!answer) throw new TypeError('network error');
    return answer();
  };
  return { asked, fetch: portalFetch(fetch) };
}
const status = (code: number) => () => new Response(code === 204 ? null : '{}', { status: code });

describe('calls of the page', () => {
  it('renew an expired session once and send the same body again', async () => {
    const { asked, fetch } = server(status(401), status(200), status(201));
    const response = await fetch(new Request(address, { method: 'POST', body: '{"a":1}' }));
    expect(response.status).toBe(201);
    expect(asked).toEqual([
      'POST /api/marketplace/needs {"a":1}',
      'POST /api/identity/sessions/refresh',
      'POST /api/marketplace/needs {"a":1}',
    ]);
  });

  it('give up when the session cannot be renewed', async () => {
    const { asked, fetch } = server(status(401), status(401));
    await expect(fetch(new Request(address))).rejects.toMatchObject({ problem: { status: 401 } });
    expect(asked).toHaveLength(2);
  });

  it('do not renew anything because of a wrong password', async () => {
    const { asked, fetch } = server(status(401));
    const signIn = new Request('http://portal.test/api/identity/sessions', { method: 'POST', body: '{}' });
    await expect(fetch(signIn)).rejects.toBeInstanceOf(ProblemError);
    expect(asked).toHaveLength(1);
  });

  it('tell what the service said, with the id that its logs know', async () => {
    const body = {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'all 5 places are taken',
      code: 'MARKETPLACE.NEED_FULL',
    };
    const headers = { 'content-type': 'application/problem+json', 'x-request-id': 'r-7' };
    const { fetch } = server(() => new Response(JSON.stringify(body), { status: 409, headers }));
    await expect(fetch(new Request(address))).rejects.toMatchObject({
      problem: { code: 'MARKETPLACE.NEED_FULL', detail: 'all 5 places are taken', correlationId: 'r-7' },
    });
  });

  it('survive a proxy that answers with a page of its own', async () => {
    const { fetch } = server(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(fetch(new Request(address))).rejects.toMatchObject({ problem: { code: 'HTTP.502' } });
  });

  it('say that an answer was lost when the line broke', async () => {
    await expect(server().fetch(new Request(address))).rejects.toBeInstanceOf(AnswerLost);
  });
});
