import { BrokenInvariant } from '@app/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import type { Seeding } from '../../../identity/src/identity.module.js';

/** Tokens live a quarter of an hour; a fresh one comes well before. */
const tokenMs = 10 * 60_000;
const triesMax = 5;
const pauseMs = 200;

export interface Answer {
  status: number;
  body: string;
}

/** The people of the city, who call the services by their own routes, without a socket. */
export class InProcess {
  private readonly held = new Map<string, { token: Promise<string>; at: number }>();

  constructor(
    private readonly services: Map<string, NestFastifyApplication>,
    private readonly seeding: Seeding,
  ) {}

  token(login: string): Promise<string> {
    const now = performance.now();
    const known = this.held.get(login);
    if (known && now - known.at < tokenMs) return known.token;
    const token = this.seeding.accessTokenOf(login);
    this.held.set(login, { token, at: now });
    return token;
  }

  async get<T>(login: string, path: string): Promise<T> {
    const answer = await this.service(path).inject({
      url: `/api/${path}`,
      headers: { authorization: `Bearer ${await this.token(login)}` },
    });
    return answer.json<T>();
  }

  /** The same key again gets the answer of the first time. What fails on our side is tried again. */
  async send(login: string, path: string, { body, key }: { body: object; key: string }): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.service(path).inject({
        method: 'POST',
        url: `/api/${path}`,
        headers: { authorization: `Bearer ${await this.token(login)}`, 'idempotency-key': key },
        payload: body,
      });
      if (answer.statusCode < 500) return { status: answer.statusCode, body: answer.body };
      if (tries === triesMax) throw new BrokenInvariant(`${path} of the city failed: ${answer.body}`);
      await new Promise((done) => setTimeout(done, pauseMs));
    }
  }

  /** @throws BrokenInvariant when the service refuses: what is asked for so may not be refused */
  async post(login: string, path: string, what: { body: object; key: string }): Promise<void> {
    const { status, body } = await this.send(login, path, what);
    if (status >= 300) throw new BrokenInvariant(`${path} of the city was refused: ${body}`);
  }

  private service(path: string): NestFastifyApplication {
    const found = this.services.get(path.split('/')[0] ?? '');
    if (!found) throw new BrokenInvariant(`no service answers ${path}`);
    return found;
  }
}
