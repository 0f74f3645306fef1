import { canonicalJson, sha256Hex, uuidv7 } from '@app/kernel';
import type { EntityManager } from 'typeorm';

import type { ReceiptSigner } from './receipt-signer.js';
import { type Receipt, subjectHashOf } from './receipt.js';

/** An act worth proving. */
export interface Act {
  service: string;
  /** `CREDIT_QUERY`, `AUTHORISATION_SIGNED`, … */
  act: string;
  /** Whom it is about: a uscc. */
  subject: string;
  /** Facts of the act as JSON: who, what, why. Kept as written, so that its hash can be checked for ever. */
  content: Record<string, unknown>;
  at: Date;
}

/**
 * Writes an act into the append-only log in the transaction that makes it true and gives the signed receipt. Numbers
 * come from a database sequence and not from the row before, so that acts of many people do not wait for each other's
 * commit; `sealEntries` chains what was committed a moment later.
 */
export async function appendEntry(tx: EntityManager, signer: ReceiptSigner, act: Act): Promise<Receipt> {
  const [{ sequence }] = await tx.query<[{ sequence: string }]>(`select nextval('evidence_sequence') as sequence`);
  const entryId = uuidv7(act.at);
  const content = canonicalJson(act.content);
  const receipt = signer.sign({
    entryId,
    sequence,
    service: act.service,
    at: act.at.toISOString(),
    act: act.act,
    subjectHash: subjectHashOf(entryId, act.subject),
    contentHash: sha256Hex(content),
  });
  await tx.query(
    `with pending as (insert into evidence_pending (sequence) values ($1))
     insert into evidence_entry (sequence, id, at, act, subject, content, hash, kid, signature)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [sequence, entryId, act.at, act.act, act.subject, content, receipt.hash, receipt.kid, receipt.signature],
  );
  return receipt;
}
