import { createHash, randomBytes } from 'node:crypto';
import { randomUUID } from 'node:crypto';

import { tokenAlgorithm, tokenAudience, tokenIssuer, tokenMinutes } from '@app/auth';
import { demo } from '@app/config';
import { must } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import { DataSource, type EntityManager } from 'typeorm';

import { recordAct } from '../act/act.service.js';
import { sessionLimits } from '../identity.config.js';
import { SigningKeys } from '../key/signing-key.service.js';
import { findMe } from '../person/me.service.js';
import { MeResponse } from '../person/person.response.js';
import { RefreshRefused, RefreshReused } from './session.error.js';

/** What a started or refreshed session hands out. */
export interface Opened {
  accessToken: string;
  expiresAt: Date;
  refreshToken: string;
  refreshExpiresAt: Date;
  person: MeResponse;
}

interface SessionRow {
  id: string;
  person_id: string;
  expires_at: Date;
}

/**
 * Starts, refreshes and ends sessions. Their instants are the machine's and the database's own, not the injected
 * clock's: every service checks tokens and sessions by real time, also while the demo city replays a past year.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly db: DataSource,
    private readonly keys: SigningKeys,
  ) {}

  async start(personId: string): Promise<Opened> {
    const refreshToken = newRefreshToken();
    const session = await this.db.transaction(async (tx) => {
      const [row]: SessionRow[] = await tx.query(
        `insert into session (id, person_id, refresh_hash, created_at, expires_at)
         values ($1, $2, $3, now(), now() + make_interval(hours => $4)) returning id, person_id, expires_at`,
        [randomUUID(), personId, hashOf(refreshToken), sessionLimits.hours.value],
      );
      const started = must(row, 'an insert returns its row');
      await recordAct(tx, { personId, what: 'session.started', subjectId: started.id }, new Date());
      return started;
    });
    return this.open(session, refreshToken);
  }

  /** Each refresh token works once. @throws RefreshRefused, or RefreshReused after ending the session */
  async refresh(refreshToken: string): Promise<Opened> {
    const next = newRefreshToken();
    const outcome = await this.db.transaction((tx) => this.rotate(tx, hashOf(refreshToken), hashOf(next)));
    if (outcome === 'reused') throw new RefreshReused();
    if (outcome === 'unknown') throw new RefreshRefused();
    return this.open(outcome, next);
  }

  async end(sessionId: string, personId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await tx.query('update session set ended_at = now() where id = $1 and ended_at is null', [sessionId]);
      await recordAct(tx, { personId, what: 'session.ended', subjectId: sessionId }, new Date());
    });
  }

  private async rotate(tx: EntityManager, hash: string, next: string): Promise<SessionRow | 'reused' | 'unknown'> {
    const [session]: SessionRow[] = await tx.query(
      `select s.id, s.person_id, s.expires_at from session s join person p on p.id = s.person_id
       where s.refresh_hash = $1 and (not p.demo or $2)
         and exists (select from identity_api.session_v1 v where v.session_id = s.id)
       for update of s`,
      [hash, demo() === 'city'],
    );
    if (!session) return (await this.endReused(tx, hash)) ? 'reused' : 'unknown';
    await tx.query('update session set refresh_hash = $2 where id = $1', [session.id, next]);
    await tx.query('insert into used_refresh (hash, session_id, used_at) values ($1, $2, now())', [hash, session.id]);
    return session;
  }

  private async endReused(tx: EntityManager, hash: string): Promise<boolean> {
    const [used]: { session_id: string; person_id: string }[] = await tx.query(
      'select u.session_id, s.person_id from used_refresh u join session s on s.id = u.session_id where u.hash = $1',
      [hash],
    );
    if (!used) return false;
    await tx.query('update session set ended_at = now() where id = $1 and ended_at is null', [used.session_id]);
    const { session_id: subjectId, person_id: personId } = used;
    await recordAct(tx, { personId, what: 'session.ended-on-reuse', subjectId }, new Date());
    return true;
  }

  private async open({ id, person_id, expires_at }: SessionRow, refreshToken: string): Promise<Opened> {
    const person = await findMe(this.db.manager, person_id);
    const { kid, key } = await this.keys.current();
    const issuedAt = Math.floor(Date.now() / 1_000);
    const expiresAt = Math.min(issuedAt + tokenMinutes * 60, Math.floor(expires_at.getTime() / 1_000));
    const accessToken = await new SignJWT({ org: person.organisation.id, sid: id })
      .setProtectedHeader({ alg: tokenAlgorithm, kid })
      .setSubject(person_id)
      .setIssuer(tokenIssuer)
      .setAudience(tokenAudience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key);
    return { accessToken, expiresAt: new Date(expiresAt * 1_000), refreshToken, refreshExpiresAt: expires_at, person };
  }
}

/** 256 random bits: nothing to guess, so a fast hash is enough to keep it out of the database. */
const newRefreshToken = (): string => randomBytes(32).toString('base64url');
const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
