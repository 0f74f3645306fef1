// What benches stand on: a durable throw-away PostgreSQL with every service's schema, and signed-in people.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

import { SignJWT } from 'jose';
import pg from 'pg';

import { migrate } from '../dist/libs/database/src/index.js';
import { withThrowawayDatabase } from '../scripts/throwaway.mjs';

/**
 * @param {(ground: { owner: pg.Pool, ownerUrl: string, home: string, settings: object, serverPid: number, versions: object }) => Promise<T>} work
 * @template T
 */
export function onGround(work) {
  return withThrowawayDatabase({ durable: true }, async ({ ownerUrl, settings, home }) => {
    Object.assign(process.env, settings);
    const { services } = await import('../dist/apps/standalone/src/services.js');
    for (const { parts } of services) await migrate(parts);
    const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
    owner.on('error', () => undefined); // PostgreSQL is stopped while idle connections are still being closed
    try {
      const { rows } = await owner.query('show server_version');
      const versions = { postgres: rows[0].server_version.split(' ')[0] };
      return await work({ owner, ownerUrl, home, settings, versions, serverPid: serverPidOf(home) });
    } finally {
      await owner.end();
    }
  });
}

function serverPidOf(home) {
  const path = `${home}/postgres/postmaster.pid`;
  return existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[0]) : NaN;
}

/** Signs access tokens as the identity service does; they live a quarter of an hour, so make them shortly before use. */
export async function signer(owner) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomUUID();
  await owner.query('insert into identity.signing_key (kid, public_jwk, created_at) values ($1, $2, now())', [
    kid,
    publicKey.export({ format: 'jwk' }),
  ]);
  return ({ personId, organisationId, sessionId }) =>
    new SignJWT({ org: organisationId, sid: sessionId })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject(personId)
      .setIssuer('xinqiao')
      .setAudience('xinqiao')
      .setIssuedAt()
      .setExpirationTime('15m')
      .sign(privateKey);
}

/**
 * Banks with their account managers, each signed in, put straight into the identity schema.
 * @param {{ id: string, code: string, managers: { personId: string, sessionId: string }[] }[]} banks
 */
export async function addBanks(owner, banks) {
  await owner.query(
    `insert into identity.organisation (id, kind, code, name, memberships, status, created_at)
     select id, 'institution', code, '银行 ' || code, '{CREDIT,MARKETPLACE}', 'ACTIVE', now()
     from unnest($1::uuid[], $2::text[]) as bank (id, code)`,
    [banks.map(({ id }) => id), banks.map(({ code }) => code)],
  );
  const people = banks.flatMap(({ id, managers }) => managers.map((manager) => ({ ...manager, id })));
  await owner.query(
    `insert into identity.person (id, organisation_id, login, display_name, password_hash, roles, status, created_at)
     select id, organisation_id, 'bench-' || id, '客户经理', 'none', '{account-manager}', 'ACTIVE', now()
     from unnest($1::uuid[], $2::uuid[]) as person (id, organisation_id)`,
    [people.map(({ personId }) => personId), people.map(({ id }) => id)],
  );
  await owner.query(
    `insert into identity.session (id, person_id, refresh_hash, created_at, expires_at)
     select id, person_id, id::text, now(), now() + interval '1 day'
     from unnest($1::uuid[], $2::uuid[]) as session (id, person_id)`,
    [people.map(({ sessionId }) => sessionId), people.map(({ personId }) => personId)],
  );
}
