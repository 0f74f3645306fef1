import { BrokenInvariant } from '@app/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import type { Seeding } from '../../../identity/src/identity.module.js';

/** Tokens live a quarter of an hour; a fresh one comes well before. */
const tokenMs = 10 * 60_000;

/** A demo person who calls the services by their own routes, without a socket. */
export class InProcess {
  private held: { token: Promise<string>; at: number } | undefined;

  constructor(
    private readonly services: Map<string, NestFastifyApplication>,
    private readonly seeding: Seeding,
    private readonly login: string,
  ) {}

  readonly token = (): Promise<string> => {
    const now = performance.now();
    if (!this.held || now - this.held.at > tokenMs)
      this.held = { token: this.seeding.accessTokenOf(this.login), at: now };
    return this.held.token;
  };

  async get<T>(service: string, path: string): Promise<T> {
    const answer = await this.services.get(service)!.inject({
      url: `/api/${service}/${path}`,
      headers: { authorization: `Bearer ${await this.token()}` },
    });
    return answer.json<T>();
  }

  /** @throws BrokenInvariant when the service refuses: the city asks for nothing that may be refused */
  async post<T>(service: string, path: string, body: object, key: string): Promise<T> {
    const answer = await this.services.get(service)!.inject({
      method: 'POST',
      url: `/api/${service}/${path}`,
      headers: { authorization: `Bearer ${await this.token()}`, 'idempotency-key': key },
      payload: body,
    });
    if (answer.statusCode >= 300) throw new BrokenInvariant(`${path} of the city was refused: ${answer.body}`);
    return answer.body === '' ? (undefined as T) : answer.json<T>();
  }
}
