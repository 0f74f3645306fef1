import { generateKeyPairSync } from 'node:crypto';

import { fc, test } from '@fast-check/jest';

import { ReceiptSigner } from './receipt-signer.js';
import { type Receipt, type ReceiptFacts, verifyReceipt } from './receipt.js';

const signer = new ReceiptSigner(generateKeyPairSync('ed25519').privateKey);
const other = new ReceiptSigner(generateKeyPairSync('ed25519').privateKey);
const keyOf = (kid: string) => [signer, other].find((one) => one.kid === kid)?.publicJwk;

const facts: ReceiptFacts = {
  entryId: '019aaeb1-0000-7000-8000-000000000001',
  sequence: '7',
  service: 'credit',
  at: '2026-11-23T02:00:00.000Z',
  act: 'CREDIT_QUERY',
  subjectHash: 'a'.repeat(64),
  contentHash: 'b'.repeat(64),
};

describe('a receipt', () => {
  it('is genuine as it was given out, and with members that others added', () => {
    expect(verifyReceipt(signer.sign(facts), keyOf)).toEqual({ genuine: true, fault: null });
    expect(verifyReceipt({ ...signer.sign(facts), note: 'x' } as Receipt, keyOf).genuine).toBe(true);
  });

  it('is not genuine under a key that we never had, or under another key of ours', () => {
    expect(verifyReceipt({ ...signer.sign(facts), kid: 'nobody' }, keyOf).fault).toBe('UNKNOWN_KEY');
    expect(verifyReceipt({ ...signer.sign(facts), kid: other.kid }, keyOf).fault).toBe('SIGNATURE');
  });

  it('is not genuine with the signature of another receipt', () => {
    const { signature } = signer.sign({ ...facts, sequence: '8' });
    expect(verifyReceipt({ ...signer.sign(facts), signature }, keyOf).fault).toBe('SIGNATURE');
  });

  test.prop([fc.constantFrom(...(Object.keys(facts) as (keyof ReceiptFacts)[])), fc.string()])(
    'is not genuine when a fact was changed, even if the hash was mended',
    (name, text) => {
      const receipt = signer.sign(facts);
      fc.pre(receipt[name] !== text);
      const changed = { ...receipt, [name]: text };
      expect(verifyReceipt(changed, keyOf).fault).toBe('HASH');
      const mended = { ...changed, hash: other.sign(changed).hash };
      expect(verifyReceipt(mended, keyOf).fault).toBe('SIGNATURE');
    },
  );
});
