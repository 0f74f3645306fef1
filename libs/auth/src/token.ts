import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

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

/** An unknown key id is looked up at most this often, so that forged tokens cannot flood the database. */
const keyLookupMs = 1_000;

export interface TokenClaims {
  personId: string;
  organisationId: string;
  sessionId: string;
}

/** Verifies access tokens against identity_api.signing_key_v1; remembers signatures it has already verified. */
export class TokenVerifier {
  private readonly keys = new Map<string, KeyObject>();
  private readonly checked = new Map<string, { claims: TokenClaims; expiresAt: number }>();
  private lookedUpAt = 0;

  constructor(private readonly db: DataSource) {}

  /** @throws NotSignedIn for anything but a token of ours that is still valid */
  async verify(token: string): Promise<TokenClaims> {
    const known = this.checked.get(token);
    if (known && known.expiresAt > Date.now()) return known.claims;
    const { payload } = await jwtVerify(token, (header) => this.key(header.kid), {
      issuer: tokenIssuer,
      audience: tokenAudience,
      algorithms: [tokenAlgorithm],
      requiredClaims: ['exp', 'sub', 'org', 'sid'],
    }).catch((error: unknown) => {
      if (isDatabaseFailure(error)) throw error;
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
    this.checked.set(token, { claims, expiresAt: payload.exp! * 1_000 });
    return claims;
  }

  private async key(kid: string | undefined): Promise<KeyObject> {
    if (!kid) throw new NotSignedIn();
    const known = this.keys.get(kid) ?? (await this.lookUp(kid));
    if (!known) throw new NotSignedIn();
    return known;
  }

  private async lookUp(kid: string): Promise<KeyObject | undefined> {
    if (Date.now() - this.lookedUpAt < keyLookupMs) return undefined;
    this.lookedUpAt = Date.now();
    const rows: { kid: string; public_jwk: JsonWebKey }[] = await this.db.query(
      'select kid, public_jwk from identity_api.signing_key_v1',
    );
    this.keys.clear();
    for (const row of rows) this.keys.set(row.kid, createPublicKey({ key: row.public_jwk, format: 'jwk' }));
    return this.keys.get(kid);
  }
}

const isDatabaseFailure = (error: unknown): boolean => error instanceof Error && error.name === 'QueryFailedError';
