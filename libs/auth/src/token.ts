import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

import { isDatabaseAway } from '@app/database';
import { type JWTPayload, jwtVerify } from 'jose';
import type { DataSource } from 'typeorm';

import { NotSignedIn } from './auth.error.js';

export const tokenIssuer = 'xinqiao';
export const tokenAudience = 'xinqiao';
export const tokenAlgorithm = 'ES256';
/** Access tokens live a quarter of an hour: long enough for a form, short enough for a lost one. */
export const tokenMinutes = 15;

/** Checked tokens by their text: 10 000 of 1 kB keep this under 20 MB; the oldest leaves first. */
const checkedMax = 10_000;

/** Keys and checked tokens are looked at again after a minute, so that a retired key is refused everywhere soon. */
const freshMs = 60_000;

/** Unknown key ids are looked up at most this often a second, so that forged tokens cannot flood the database. */
const lookUpsPerSecondMax = 20;

interface TokenClaims {
  personId: string;
  organisationId: string;
  sessionId: string;
}

/** Verifies access tokens against identity_api.signing_key_v1; remembers signatures it has already verified. */
export class TokenVerifier {
  private readonly keys = new Map<string, KeyObject>();
  private readonly checked = new Map<string, { claims: TokenClaims; expiresAt: number }>();
  private lookedUpAt = 0;
  private looking: Promise<void> | undefined;
  private failure: Error | undefined;
  private window = { second: 0, lookUps: 0 };

  constructor(private readonly db: DataSource) {}

  /** What a token says that was checked within the last minute. */
  known(token: string): TokenClaims | undefined {
    const checked = this.checked.get(token);
    return checked && checked.expiresAt > Date.now() ? checked.claims : undefined;
  }

  /** @throws NotSignedIn for anything but a token of ours that is still valid */
  async verify(token: string): Promise<TokenClaims> {
    const known = this.known(token);
    if (known) return known;
    const { payload } = await jwtVerify(token, (header) => this.key(header.kid), {
      issuer: tokenIssuer,
      audience: tokenAudience,
      algorithms: [tokenAlgorithm],
      // Whatever `exp` says: nobody who held a key for a moment can sign for years ahead.
      maxTokenAge: `${tokenMinutes}m`,
      requiredClaims: ['exp', 'sub', 'org', 'sid'],
    }).catch((error: unknown) => {
      if (isDatabaseFailure(error) || isDatabaseAway(error)) throw error;
      throw new NotSignedIn('the access token is not valid or has expired: sign in again or refresh the session');
    });
    return this.remember(token, payload);
  }

  private remember(token: string, payload: JWTPayload): TokenClaims {
    const claims = {
      personId: payload.sub!,
      organisationId: String(payload['org']),
      sessionId: String(payload['sid']),
    };
    if (this.checked.size >= checkedMax) this.checked.delete(this.checked.keys().next().value!);
    this.checked.set(token, { claims, expiresAt: Math.min(payload.exp! * 1_000, Date.now() + freshMs) });
    return claims;
  }

  private async key(kid: string | undefined): Promise<KeyObject> {
    if (!kid) throw new NotSignedIn();
    const fresh = Date.now() - this.lookedUpAt < freshMs;
    const known = (fresh && this.keys.get(kid)) || (await this.lookUp(kid));
    if (!known) throw new NotSignedIn();
    return known;
  }

  private async lookUp(kid: string): Promise<KeyObject | undefined> {
    // Requests that arrive together share one look: none is refused because another one asked first.
    this.looking ??= this.mayLook() ? this.readKeys().finally(() => (this.looking = undefined)) : undefined;
    await this.looking;
    const known = this.keys.get(kid);
    // Nobody is called a stranger because the look that would have known him failed.
    if (!known && this.failure) throw this.failure;
    return known;
  }

  private mayLook(): boolean {
    const second = Math.floor(Date.now() / 1_000);
    if (this.window.second !== second) this.window = { second, lookUps: 0 };
    this.window.lookUps += 1;
    return this.window.lookUps <= lookUpsPerSecondMax;
  }

  private async readKeys(): Promise<void> {
    const rows: { kid: string; public_jwk: JsonWebKey }[] = await this.db
      .query('select kid, public_jwk from identity_api.signing_key_v1')
      .catch((error: Error) => {
        this.failure = error;
        throw error;
      });
    this.failure = undefined;
    this.keys.clear();
    for (const row of rows) this.keys.set(row.kid, createPublicKey({ key: row.public_jwk, format: 'jwk' }));
    this.lookedUpAt = Date.now();
  }
}

const isDatabaseFailure = (error: unknown): boolean => error instanceof Error && error.name === 'QueryFailedError';
