import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

export interface Answer {
  status: number;
  body: Record<string, any>;
}

const triesMax = 30;
/** Half of it a token lives. */
const signInEveryMs = 450_000;

/** One person who calls the platform from outside, and signs in again before the session ends. */
export class Caller {
  private token = '';
  private signedInAt = -Infinity;
  private signingIn: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    readonly login: string,
    private readonly password: string,
  ) {}

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body: object): Promise<Answer> {
    return this.call('POST', path, Buffer.from(JSON.stringify(body)), { 'content-type': 'application/json' });
  }

  async call(method: string, path: string, body?: Buffer, headers: Record<string, string> = {}): Promise<Answer> {
    const key = randomUUID();
    return patiently(async () => {
      await this.signIn();
      const response = await fetch(this.url + path, {
        method,
        ...(body !== undefined && { body: new Uint8Array(body) }),
        headers: { ...this.signed(), ...(method === 'POST' && { 'idempotency-key': key }), ...headers },
      });
      return answerOf(response);
    });
  }

  /** Sends a part of a body of which more was announced, and hangs up. */
  async hangUp(path: string, body: Buffer, headers: Record<string, string>): Promise<void> {
    await this.signIn();
    await new Promise<void>((resolve) => {
      const announced = { 'content-length': String(body.length), ...headers };
      const sending = request(this.url + path, { method: 'POST', headers: { ...this.signed(), ...announced } });
      sending.on('error', () => resolve());
      sending.on('close', () => resolve());
      sending.write(body.subarray(0, Math.floor(body.length / 2)), () => setImmediate(() => sending.destroy()));
    });
  }

  private signed(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  signIn(): Promise<void> {
    if (performance.now() - this.signedInAt < signInEveryMs) return Promise.resolve();
    this.signingIn ??= this.session().finally(() => (this.signingIn = undefined));
    return this.signingIn;
  }

  private async session(): Promise<void> {
    const { status, body } = await patiently(async () => {
      const response = await fetch(`${this.url}/api/identity/sessions`, {
        method: 'POST',
        body: JSON.stringify({ login: this.login, password: this.password }),
        headers: { 'content-type': 'application/json' },
      });
      return answerOf(response);
    });
    if (status >= 300) throw new Error(`${this.login} cannot sign in: ${status} ${body['code'] ?? ''}`);
    this.token = String(body['accessToken']);
    this.signedInAt = performance.now();
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
  return { status: response.status, body: isJson ? (JSON.parse(text) as Answer['body']) : {} };
}

/** Whoever is told to come later, or is not heard, comes later: everything that is sent may be sent again. */
async function patiently(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask().catch((error: unknown) => {
      if (tries >= triesMax || !(error instanceof TypeError)) throw error;
      return undefined;
    });
    if (answer && answer.status !== 503 && answer.status !== 429) return answer;
    if (answer && tries >= triesMax) return answer;
    await pause(Math.min(100 * tries, 2_000));
  }
}
