import { makeUscc, type Uscc } from '@app/kernel';

import type { TestClient, TestService } from '../../../test/support/test-service.js';

let serial = 1;
export const aCode = (): Uscc => makeUscc('320505', (serial += 1));

/** An enterprise that can sign, and a bank that wants to read. */
export interface Parties {
  uscc: Uscc;
  enterprise: TestClient;
  bank: TestClient;
  bankCode: string;
}

export async function parties(service: TestService): Promise<Parties> {
  const uscc = aCode();
  const enterprise = await service.as('enterprise', { uscc });
  const bank = await service.as('account-manager');
  return { uscc, enterprise, bank, bankCode: bank.person!.organisationCode };
}

export const consent = (wish: object = {}) => ({
  limbs: ['COLLECTION', 'USE'],
  institutions: 'ALL',
  purposes: ['PRE_LOAN', 'POST_LOAN'],
  validFrom: '2026-11-23',
  validTo: '2027-11-22',
  ...wish,
});

export const authorisations = '/api/credit/authorisations';
export const queries = '/api/credit/queries';
