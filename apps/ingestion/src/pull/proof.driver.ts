import { randomUUID } from 'node:crypto';

import { type Clock, never } from '@app/kernel';

import { PullFailed } from '../connector/connector.error.js';
import type { Proof } from '../connector/connector.rules.js';
import { needed } from '../connector/reference.driver.js';
import { signatureOf, skewOf } from './signature.driver.js';

/** Shows a source who asks. */
export interface Prover {
  headersFor(address: URL, stop: AbortSignal): Promise<Record<string, string>>;
  /** After a 401: true when there is something to try anew with. */
  renew(answer: Response): boolean;
}

export function proverOf(proof: Proof, clock: Clock, timeoutSeconds: number): Prover {
  switch (proof.kind) {
    case 'NONE':
      return { headersFor: async () => ({}), renew: () => false };
    case 'BEARER':
      return {
        headersFor: async () => ({ authorization: `Bearer ${needed(proof.key)}` }),
        renew: () => false,
      };
    case 'OAUTH2':
      return new ClientCredentials(proof, timeoutSeconds);
    case 'HMAC':
      return new RequestSigner(proof, clock);
    default:
      return never(proof);
  }
}

/** Tokens end for us this much before they end: a request that is under way must not meet the end. */
const tokenMarginMs = 30_000;
const tokenSecondsUsual = 300;

/** OAuth 2 client credentials (RFC 6749, 4.4): one token for all requests until it is about to end, or is refused. */
class ClientCredentials implements Prover {
  private token: { value: string; endsAt: number } | undefined;
  private asking: Promise<string> | undefined;

  constructor(
    private readonly proof: Extract<Proof, { kind: 'OAUTH2' }>,
    private readonly timeoutSeconds: number,
  ) {}

  async headersFor(_address: URL, stop: AbortSignal): Promise<Record<string, string>> {
    return { authorization: `Bearer ${await this.current(stop)}` };
  }

  renew(): boolean {
    this.token = undefined;
    return true;
  }

  /** Feeds that are pulled at once ask for one token together. */
  private async current(stop: AbortSignal): Promise<string> {
    if (this.token && performance.now() < this.token.endsAt) return this.token.value;
    this.asking ??= this.ask(stop).finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async ask(stop: AbortSignal): Promise<string> {
    const { tokenUrl, clientId, clientSecret, scope } = this.proof;
    const [id, secret] = [needed(clientId), needed(clientSecret)].map(encodeURIComponent);
    const asked = performance.now();
    const answer = await fetch(needed(tokenUrl), {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) }).toString(),
      redirect: 'error',
      signal: AbortSignal.any([stop, AbortSignal.timeout(this.timeoutSeconds * 1_000)]),
    });
    if (answer.status === 400 || answer.status === 401) throw new PullFailed('it does not know our client');
    if (answer.status !== 200) throw new TokenAway(`its token desk answers ${answer.status}`);
    const { access_token: value, expires_in: seconds } = (await answer.json()) as Record<string, unknown>;
    if (typeof value !== 'string' || !/^[\x21-\x7e]{1,8000}$/.test(value)) throw new TokenAway('it gives no token');
    const lifeMs = (typeof seconds === 'number' && seconds > 0 ? seconds : tokenSecondsUsual) * 1_000;
    // A short-lived token is used for half its life at least.
    this.token = { value, endsAt: asked + Math.max(lifeMs - tokenMarginMs, lifeMs / 2) };
    return value;
  }
}

/** Worth another try, like a page that did not come. */
class TokenAway extends Error {}

/** Each request signed with a shared secret; a source whose clock is off is followed after its first refusal. */
class RequestSigner implements Prover {
  private skewMs = 0;

  constructor(
    private readonly proof: Extract<Proof, { kind: 'HMAC' }>,
    private readonly clock: Clock,
  ) {}

  async headersFor(address: URL): Promise<Record<string, string>> {
    const timestamp = String(Math.floor((this.clock.now().getTime() + this.skewMs) / 1_000));
    const nonce = randomUUID();
    const request = { method: 'GET', target: address.pathname + address.search, body: '', timestamp, nonce };
    return {
      'x-key-id': needed(this.proof.keyId),
      'x-timestamp': timestamp,
      'x-nonce': nonce,
      'x-signature': signatureOf(request, needed(this.proof.secret)),
    };
  }

  renew(answer: Response): boolean {
    const skewMs = skewOf(answer.headers.get('date'), this.clock.now().getTime());
    const changed = Math.abs(skewMs - this.skewMs) > 1_000;
    this.skewMs = skewMs;
    return changed;
  }
}
