import { checkChain } from '@app/evidence';
import { DataSource } from 'typeorm';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { CreditModule } from '../src/credit.module.js';
import { database } from '../src/data-source.js';
import { SealEvidenceJob } from '../src/receipt/seal-evidence.job.js';
import { authorisations, consent, parties, queries } from './parties.js';

describe('receipts', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(database, CreditModule);
    await service.app.get(SealEvidenceJob).pause();
  });
  afterAll(() => service.stop());

  const verify = async (receipt: object) => {
    const answer = await service.anyone.post('/api/credit/receipts/verification', receipt);
    return answer.status === 200 ? answer.body : answer.status;
  };

  it('are checked by anybody; a changed one is not genuine', async () => {
    const { uscc, enterprise, bank } = await parties(service);
    const signed = (await enterprise.post(authorisations, consent())).body.receipt;
    const { receipt } = (await bank.post(queries, { uscc, purpose: 'PRE_LOAN' })).body;
    expect(await verify(signed)).toEqual({ genuine: true, fault: null });
    expect(await verify(receipt)).toEqual({ genuine: true, fault: null });
    expect(await verify({ ...receipt, at: '2026-11-22T02:00:00.000Z' })).toEqual({ genuine: false, fault: 'HASH' });
    expect(await verify({ ...receipt, signature: signed.signature })).toEqual({ genuine: false, fault: 'SIGNATURE' });
    expect(await verify({ ...receipt, kid: 'x' })).toEqual({ genuine: false, fault: 'UNKNOWN_KEY' });
    expect(await verify({ ...receipt, signature: 'not base64url!' })).toBe(422);
    expect(JSON.stringify(receipt)).not.toContain(uscc);
    const { keys } = (await service.anyone.get('/api/credit/receipt-keys')).body;
    expect(keys).toContainEqual(expect.objectContaining({ kid: receipt.kid, kty: 'OKP', crv: 'Ed25519' }));
    expect(Object.keys(keys[0])).not.toContain('d');
  });

  it('stand for entries of a chain that shows a change of any of them', async () => {
    const { uscc, enterprise, bank } = await parties(service);
    await enterprise.post(authorisations, consent());
    for (let round = 0; round < 3; round += 1) await bank.post(queries, { uscc, purpose: 'PRE_LOAN' });
    const db = service.app.get(DataSource);
    await service.app.get(SealEvidenceJob).run();
    const whole = await checkChain(db, 'credit');
    const [{ n }] = (await service.db.query('select count(*)::int as n from credit.evidence_entry')) as [{ n: number }];
    expect(whole).toEqual({ links: n, brokenAt: null });

    // Only somebody who can take the trigger off can change an entry; the chain still tells.
    await service.db.query('alter table credit.evidence_entry disable trigger user');
    await service.db.query(
      `update credit.evidence_entry set content = replace(content, 'PRE_LOAN', 'POST_LOAN')
       where sequence = (select sequence from credit.evidence_link where position = $1)`,
      [n - 1],
    );
    await service.db.query('alter table credit.evidence_entry enable trigger user');
    expect(await checkChain(db, 'credit')).toEqual({ links: n - 2, brokenAt: String(n - 1) });
  });

  it('hold no act that was rolled back', async () => {
    const { uscc, bank } = await parties(service);
    await bank.post(queries, { uscc, purpose: 'PRE_LOAN' });
    expect(await service.db.query('select from credit.evidence_entry where subject = $1', [uscc])).toEqual([]);
  });
});
