import type { Uscc } from '@app/kernel';
import type { EntityManager } from 'typeorm';

import { type ConsentAsk, type ConsentDecision, decideConsent, type SignedAuthorisation } from './consent.rules.js';

/** The one place that knows the lock of an enterprise's consent; the seed keeps it apart from other advisory locks. */
export const consentKeyOf = (usccExpression: string): string => `hashtextextended(${usccExpression}, 7010)`;
const consentKey = consentKeyOf('$1');

/**
 * First statement of every consent-bound read: from here to the end of the transaction no revocation of this
 * enterprise is acknowledged. A statement of its own, so that the check after it sees what was committed while it
 * waited (READ COMMITTED takes a new snapshot per statement). Several enterprises: call in ascending order of codes.
 */
export async function withConsentShared(tx: EntityManager, uscc: Uscc): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared(${consentKey})`, [uscc]);
}

/** Taken by whoever signs or revokes: waits for the reads under way, and later ones wait for the commit. */
export async function withConsentExclusive(tx: EntityManager, uscc: Uscc): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(${consentKey})`, [uscc]);
}

const authorisationSql = `
  select id, limbs, institutions, purposes, valid_from::text as "validFrom", valid_to::text as "validTo",
         signed_at as "signedAt", revoked_at as "revokedAt"
  from credit_api.authorisation_v1 where uscc = $1`;

/** Decides on what credit_api.authorisation_v1 says now; call `withConsentShared` in the same transaction before. */
export async function consentFor(
  tx: EntityManager,
  { uscc, ...ask }: ConsentAsk & { uscc: Uscc },
): Promise<ConsentDecision> {
  const signed: SignedAuthorisation[] = await tx.query(authorisationSql, [uscc]);
  return decideConsent(signed, ask);
}
