import type { PublishedKey, Receipt } from '@app/evidence';

/** Signed proof that the act is entry `sequence` of this service's log. */
export class ReceiptResponse implements Receipt {
  entryId: string;
  sequence: string;
  service: string;
  at: string;
  act: string;
  subjectHash: string;
  contentHash: string;
  /** SHA-256 over the canonical JSON (RFC 8785) of the members above. */
  hash: string;
  kid: string;
  /** Ed25519 over `xinqiao-receipt-v1:` and the hash, base64url. */
  signature: string;
}

export class ReceiptKeyResponse {
  kid: string;
  kty: string;
  crv: string;
  x: string;
  use: string;
  alg: string;
}

/** Public keys as a JSON Web Key Set (RFC 7517, RFC 8037). */
export class ReceiptKeysResponse {
  keys: ReceiptKeyResponse[];
}

export class ReceiptCheckResponse {
  genuine: boolean;
  /** What was found wrong: HASH, UNKNOWN_KEY or SIGNATURE. */
  fault: string | null;
}

export const toReceiptKeysResponse = (keys: PublishedKey[]): ReceiptKeysResponse => ({
  keys: keys.map(({ kid, publicJwk: { kty = '', crv = '', x = '' } }) => ({
    kid,
    kty,
    crv,
    x,
    use: 'sig',
    alg: 'EdDSA',
  })),
});
