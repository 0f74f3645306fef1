import { generateKeyPairSync, randomUUID } from 'node:crypto';

import {
  type Membership,
  type OrganisationKind,
  type Role,
  tokenAlgorithm,
  tokenAudience,
  tokenIssuer,
} from '@app/auth';
import { SignJWT } from 'jose';

import type { TestDatabase } from './database.js';

export interface TestPerson {
  personId: string;
  organisationId: string;
  organisationCode: string;
  uscc: string | null;
  sessionId: string;
  token: string;
}

export interface PersonWish {
  role: Role;
  /** Of a person of an organisation that is there already. */
  colleagueOf?: TestPerson;
  uscc?: string;
  code?: string;
  name?: string;
  memberships?: Membership[];
  status?: 'ACTIVE' | 'PENDING';
}

const kindOf: Record<Role, OrganisationKind> = {
  enterprise: 'enterprise',
  'account-manager': 'institution',
  'institution-admin': 'institution',
  source: 'source',
  regulator: 'regulator',
  operator: 'operator',
};

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const kid = randomUUID();

/** Puts a signed-in person straight into the identity schema, for tests of the other services. */
export async function aPerson(db: TestDatabase, wish: PersonWish): Promise<TestPerson> {
  await db.query(
    'insert into identity.signing_key (kid, public_jwk, created_at) values ($1, $2, now()) on conflict do nothing',
    [kid, key.publicKey.export({ format: 'jwk' })],
  );
  const [personId, sessionId] = [randomUUID(), randomUUID()];
  const organisation = wish.colleagueOf ?? (await anOrganisation(db, wish));
  await db.query(
    `insert into identity.person (id, organisation_id, login, display_name, password_hash, roles, status, created_at)
     values ($1, $2, $3, $4, 'none', $5, 'ACTIVE', now())`,
    [personId, organisation.organisationId, `p-${personId}`, `Person ${wish.role}`, [wish.role]],
  );
  await db.query(
    `insert into identity.session (id, person_id, refresh_hash, created_at, expires_at)
     values ($1, $2, $3, now(), now() + interval '1 day')`,
    [sessionId, personId, sessionId],
  );
  const { organisationId, organisationCode, uscc } = organisation;
  const person = { personId, sessionId, organisationId, organisationCode, uscc };
  return { ...person, token: await tokenOf(person) };
}

/** A token for the next fifteen minutes. */
export const tokenOf = ({ personId, organisationId, sessionId }: Omit<TestPerson, 'token'>): Promise<string> =>
  new SignJWT({ org: organisationId, sid: sessionId })
    .setProtectedHeader({ alg: tokenAlgorithm, kid })
    .setSubject(personId)
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setIssuedAt()
    .setExpirationTime('15m')
    .sign(key.privateKey);

async function anOrganisation(db: TestDatabase, wish: PersonWish) {
  const organisationId = randomUUID();
  const kind = kindOf[wish.role];
  const uscc = kind === 'enterprise' ? (wish.uscc ?? null) : null;
  const organisationCode = wish.code ?? uscc ?? `T-${organisationId.slice(0, 8).toUpperCase()}`;
  const memberships = wish.memberships ?? (kind === 'institution' ? ['CREDIT', 'MARKETPLACE'] : []);
  await db.query(
    `insert into identity.organisation (id, kind, code, name, uscc, memberships, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, now())`,
    [
      organisationId,
      kind,
      organisationCode,
      wish.name ?? `Test ${organisationCode}`,
      uscc,
      memberships,
      wish.status ?? 'ACTIVE',
    ],
  );
  return { organisationId, organisationCode, uscc };
}
