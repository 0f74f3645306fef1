import type { Uscc } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
import { MedianService } from '../src/median/median.service.js';
import { aCode, enterprises, type Firms, revoke, sign, startFirms } from './firms.js';

interface Line {
  code: string;
  value: unknown;
  source: string;
}

describe('a portrait', () => {
  let firms: Firms;
  let uscc: Uscc;
  let operator: TestClient;
  beforeAll(async () => {
    firms = await startFirms();
    uscc = await firms.firm();
    await firms.score();
    operator = await firms.service.as('operator');
  });
  afterAll(() => firms.service.stop());

  const path = (of: Uscc = uscc) => `${enterprises}/${of}`;
  const reads = (of: Uscc = uscc) =>
    firms.service.db.query('select * from profiling_api.read_v1 where uscc = $1 order by id', [of]);
  const refusals = (of: Uscc) =>
    firms.service.db.query<{ code: string; purpose: string }>(
      'select code, purpose from profiling_api.refused_read_v1 where uscc = $1 order by id',
      [of],
    );

  it('shows tier, dimensions, indicators with their sources, and the rule set', async () => {
    const { status, body } = await operator.get(path());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      uscc,
      name: '苏州光能试验有限公司',
      formerNames: ['昆山旧名科技有限公司'],
      tier: 'T3',
      tierReason: { code: 'HIGHEST_TITLE' },
      nextTier: { tier: 'T4' },
      titles: ['高新技术企业'],
      heldTitles: [{ title: '高新技术企业', validToday: true }],
      tierHistory: [{ tier: 'T3', since: '2024-12-01', until: '2026-11-30' }],
      ruleSets: [{ ruleSet: 'technology-sme', version: '2017-115', verdict: 'PASS', route: 'SCORE', total: 76 }],
      modelVersion: '2026a',
      provisional: true,
      partial: false,
    });
    expect(body.dimensions).toHaveLength(8);
    expect(body.indicators.find(({ code }: Line) => code === 'RD_EXPENSE')).toMatchObject({
      zh: '研发费用',
      value: '120000000',
      source: 'tax.income-return',
      asOf: '2026-01-31',
      recordKey: `tax.income-return-${uscc}`,
      recordVersion: 1,
    });
    expect(body.missing).toContain('TAX_CREDIT');
    expect(body.reasons.map(({ code }: Line) => code)).toContain('LIFTS_RD_STAFF_SHARE');
  });

  it('leaves a trace when an operator looks', async () => {
    const before = (await reads()).length;
    const { body } = await operator.get(path());
    const log = await reads();
    expect(log).toHaveLength(before + 1);
    expect(log.at(-1)).toMatchObject({
      act: 'PORTRAIT',
      purpose: 'OPERATOR_DUTY',
      authorisation_id: null,
      person_id: operator.person!.personId,
    });
    expect(body.uscc).toBe(uscc);
  });

  describe('is open to', () => {
    it('the enterprise itself, and to it alone', async () => {
      const [own, other] = [
        await firms.service.as('enterprise', { uscc }),
        await firms.service.as('enterprise', { uscc: aCode() }),
      ];
      const before = (await reads()).length;
      expect((await own.get(path())).body).toMatchObject({ uscc, partial: false });
      expect((await other.get(path())).status).toBe(404);
      expect(await reads()).toHaveLength(before);
    });

    it('nobody whose identity is still being checked', async () => {
      const code = await firms.firm();
      await firms.score();
      const pending = await firms.service.as('enterprise', { uscc: code, status: 'PENDING' });
      expect((await pending.get(path(code))).body).toMatchObject({ status: 403, code: 'AUTH.IDENTITY_NOT_PROVED' });
    });

    it.each(['source', 'regulator'] as const)('no %s', async (role) => {
      expect((await (await firms.service.as(role)).get(path())).body).toMatchObject({
        status: 403,
        code: 'AUTH.WRONG_ROLE',
      });
    });

    it('nobody who is not signed in', async () => {
      expect((await firms.service.anyone.get(path())).status).toBe(401);
    });

    it('an operator only where there is something', async () => {
      for (const nothing of [aCode(), 'SHORT', '<script>'])
        expect((await operator.get(`${enterprises}/${encodeURIComponent(nothing)}`)).status).toBe(404);
      expect((await operator.get(path(uscc.toLowerCase() as Uscc))).body.uscc).toBe(uscc);
    });
  });

  describe('to an institution', () => {
    let bank: TestClient;
    let code: Uscc;
    beforeEach(async () => {
      bank = await firms.service.as('account-manager');
      code = await firms.firm();
      await firms.score();
    });

    it('is shown under authorisation, and the read is logged under it', async () => {
      const authorisationId = await sign(firms.service, code);
      const { status, body } = await bank.get(path(code));
      expect(status).toBe(200);
      expect(body).toMatchObject({ partial: false, ruleSets: [{ total: 76 }] });
      expect(await reads(code)).toMatchObject([
        {
          act: 'PORTRAIT',
          purpose: 'PRE_LOAN',
          authorisation_id: authorisationId,
          institution: bank.person!.organisationCode,
        },
      ]);
    });

    it.each([
      ['without any', undefined, 'CREDIT.NO_AUTHORISATION'],
      ['with collection only', { limbs: ['COLLECTION'] }, 'CREDIT.NO_USE_LIMB'],
      ['for another bank', { institutions: ['OTHER'] }, 'CREDIT.INSTITUTION_NOT_NAMED'],
      ['for another purpose', { purposes: ['POST_LOAN'] }, 'CREDIT.PURPOSE_NOT_COVERED'],
      ['that has ended', { validTo: '2026-11-22' }, 'CREDIT.AUTHORISATION_EXPIRED'],
      ['that has not begun', { validFrom: '2026-11-24' }, 'CREDIT.NO_AUTHORISATION'],
    ])('is refused %s, and the attempt is logged apart', async (_, wish, expected) => {
      if (wish) await sign(firms.service, code, wish);
      expect((await bank.get(path(code))).body).toMatchObject({ status: 403, code: expected });
      expect(await reads(code)).toEqual([]);
      expect(await refusals(code)).toEqual([{ code: expected, purpose: 'PRE_LOAN' }]);
    });

    it('is for the purpose that it names', async () => {
      await sign(firms.service, code, { purposes: ['GUARANTEE'] });
      expect((await bank.get(`${path(code)}?purpose=GUARANTEE`)).status).toBe(200);
      expect((await bank.get(`${path(code)}?purpose=CURIOSITY`)).body).toMatchObject({
        status: 422,
        errors: [{ pointer: '/purpose' }],
      });
    });

    it('holds nothing of what only a consent to collection covers', async () => {
      await sign(firms.service, code, { limbs: ['USE'] });
      const { status, body, text } = await bank.get(path(code));
      expect(status).toBe(200);
      expect(body).toMatchObject({ partial: true, tier: 'T3', ruleSets: [{ points: { rd: null, staff: 20 } }] });
      expect(body.indicators.find((line: Line) => line.code === 'RD_EXPENSE')).toMatchObject({ value: null });
      expect(body.indicators.find((line: Line) => line.code === 'REVENUE')).toMatchObject({
        value: '1900000000',
        source: 'registry.annual-report',
      });
      expect(text).not.toMatch(/120000000|2000000000|1800000000/);
      expect(await reads(code)).toHaveLength(1);
    });

    it('is refused with the next read after a revocation', async () => {
      const id = await sign(firms.service, code);
      expect((await bank.get(path(code))).status).toBe(200);
      await revoke(firms.service, id);
      expect((await bank.get(path(code))).body.code).toBe('CREDIT.NO_AUTHORISATION');
    });

    it('looks the same whether an enterprise is unknown or has signed nothing', async () => {
      const { body } = await bank.get(path(aCode()));
      expect(body).toMatchObject({ status: 403, code: 'CREDIT.NO_AUTHORISATION' });
    });

    it('is refused at once when its session has ended', async () => {
      await sign(firms.service, code);
      expect((await bank.get(path(code))).status).toBe(200);
      await firms.service.db.query('update identity.session set ended_at = now() where id = $1', [
        bank.person!.sessionId,
      ]);
      expect((await bank.get(path(code))).status).toBe(401);
    });
  });

  it('shows medians of the industry only when five firms make them', async () => {
    const lonely = await firms.firm({ industry: 'M7320' });
    await firms.score();
    // Medians are of a day, and kept: the house has grown by enough to take them again.
    await firms.service.app.get(MedianService).takeIfDue();
    const median = async (of: Uscc) =>
      (await operator.get(path(of))).body.dimensions.map(
        (one: { industryMedian: number | null }) => one.industryMedian,
      );
    expect(await median(lonely)).toEqual(Array(8).fill(null));
    expect((await median(uscc))[4]).toEqual(expect.any(Number));
  });
});
