import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';

import { canonicalJson, sha256Hex } from '@app/kernel';

/** What a receipt states: that this act is entry `sequence` of the service's log, with a content of this hash. */
export interface ReceiptFacts {
  entryId: string;
  /** Number in the order of writing; numbers of acts that were rolled back are missing. */
  sequence: string;
  service: string;
  /** RFC 3339 UTC. */
  at: string;
  act: string;
  /** SHA-256 over entry id and subject: equal subjects do not show as equal to whom has only receipts. */
  subjectHash: string;
  /** SHA-256 over the canonical JSON of what the log keeps about the act. */
  contentHash: string;
}

/** A signed answer that its holder can check without us, given the public key. */
export interface Receipt extends ReceiptFacts {
  /** SHA-256 over the canonical JSON of the facts. */
  hash: string;
  /** Names the key: RFC 7638 thumbprint of its public half. */
  kid: string;
  /** Ed25519 over `xinqiao-receipt-v1:` and the hash, base64url. */
  signature: string;
}

export interface ReceiptCheck {
  genuine: boolean;
  /** What was found wrong, the first of the checks in order. */
  fault: 'HASH' | 'UNKNOWN_KEY' | 'SIGNATURE' | null;
}

export const subjectHashOf = (entryId: string, subject: string): string =>
  sha256Hex(canonicalJson({ entryId, subject }));

/** The hash that is signed; takes the facts by name, so that further members of an object change nothing. */
export function hashOfFacts(facts: ReceiptFacts): string {
  const { entryId, sequence, service, at, act, subjectHash, contentHash } = facts;
  return sha256Hex(canonicalJson({ entryId, sequence, service, at, act, subjectHash, contentHash }));
}

/** The bytes under a signature; the prefix keeps a receipt's signature from meaning anything else. */
export const signedBytes = (hash: string): Buffer => Buffer.from(`xinqiao-receipt-v1:${hash}`, 'utf8');

/** Checks a receipt against the public keys (JWK) by their ids. Never throws on what a stranger sends. */
export function verifyReceipt(receipt: Receipt, keyOf: (kid: string) => JsonWebKey | undefined): ReceiptCheck {
  if (hashOfFacts(receipt) !== receipt.hash) return { genuine: false, fault: 'HASH' };
  const jwk = keyOf(receipt.kid);
  if (!jwk) return { genuine: false, fault: 'UNKNOWN_KEY' };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const genuine = verify(null, signedBytes(receipt.hash), key, Buffer.from(receipt.signature, 'base64url'));
  return { genuine, fault: genuine ? null : 'SIGNATURE' };
}
