import { fc, test } from '@fast-check/jest';

import { type Claim, IdentityProof, OperatorProof, RegistryMatchProof } from './identity-proof.driver.js';
import { faultOfClaim } from './registration.rules.js';

const entry = { name: '苏州光启有限公司', legalRepresentative: '沈·舟', status: '存续' };

describe('a claim to speak for an enterprise', () => {
  it.each([
    [entry, '沈舟', undefined],
    [entry, ' 沈　舟 ', undefined],
    [{ ...entry, legalRepresentative: 'ANN Ｌee' }, 'ann lee', undefined],
    [entry, '沈', '/legalRepresentative'],
    [{ ...entry, legalRepresentative: '' }, '', '/legalRepresentative'],
    [{ ...entry, legalRepresentative: '··' }, '·', '/legalRepresentative'],
    [{ ...entry, status: '吊销' }, '沈舟', '/uscc'],
    [undefined, '沈舟', '/uscc'],
  ])('%j by %s: %s', (registry, name, pointer) => {
    expect(faultOfClaim(registry, name)?.pointer).toBe(pointer);
  });

  test.prop([fc.string(), fc.string({ minLength: 3 })])('never tells who the legal representative is', (told, held) => {
    const secret = `沈${held}舟`;
    const fault = faultOfClaim({ ...entry, legalRepresentative: secret }, told);
    expect(JSON.stringify(fault ?? {})).not.toContain(secret);
  });
});

describe.each<[IdentityProof, string]>([
  [new RegistryMatchProof(), 'ACTIVE'],
  [new OperatorProof(), 'PENDING'],
])('the identity proof %j', (proof, expected) => {
  const claim: Claim = { uscc: '91320505MA1XT00150', legalRepresentative: '沈舟' };

  it('gives the same answer to the same claim, and says by what', async () => {
    expect(await proof.prove(claim)).toBe(expected);
    expect(await proof.prove(claim)).toBe(expected);
    expect(proof.kind).toMatch(/^[A-Z_]+$/);
  });

  it('lets nobody sign at once unless it is the demo', async () => {
    expect((await proof.prove(claim)) === 'ACTIVE').toBe(proof.demo);
  });
});
