import type { TestClient } from '../../../test/support/test-service.js';
import { type Firms, startFirms } from './firms.js';

const path = '/api/profiling/evaluations';

/** The worked example of the rule: 22 of 100 in research, 260 of 5 000 万元, two rights of class two. */
const figures = {
  residentInChina: true,
  employees: 100,
  salesFen: '5000000000',
  assetsFen: '6000000000',
  costFen: '4500000000',
  prohibitedProducts: false,
  majorAccidentOrOffence: false,
  abnormalList: false,
  seriousBreachList: false,
  rdStaff: 22,
  rdFen: '260000000',
  class1Ip: 0,
  class2Ip: 2,
  direct: { hitechCertValid: false, nationalAwardTop3In5y: false, provincialRdBody: false, ledStandardIn5y: false },
};
const ask = { ruleSet: 'technology-sme', asOf: '2026-06-30', figures };

describe('an evaluation on supplied figures', () => {
  let firms: Firms;
  let enterprise: TestClient;
  beforeAll(async () => {
    firms = await startFirms();
    enterprise = await firms.service.as('enterprise', { uscc: '91320505MA1XT00150' });
  });
  afterAll(() => firms.service.stop());

  it('gives verdict, points and reasons, and needs no key', async () => {
    const { status, body } = await enterprise.post(path, ask, { 'idempotency-key': '' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ruleSet: 'technology-sme',
      ruleSetVersion: '2017-115',
      asOf: '2026-06-30',
      verdict: 'PASS',
      route: 'SCORE',
      total: 64,
      scoreGate: true,
      directPass: false,
      gates: { resident: true, size: true, products: true, conduct: true },
      points: { staff: 12, rdToSales: 40, rdToCost: 0, rd: 40, ip: 12 },
    });
    expect(body.reasons.at(-1)).toMatchObject({
      code: 'VERDICT_PASS_SCORE',
      zh: expect.stringContaining('符合') as string,
    });
  });

  it('fails whom the staff indicator leaves at nothing', async () => {
    const { body } = await enterprise.post(path, { ...ask, figures: { ...figures, rdStaff: 9, class1Ip: 1 } });
    expect(body).toMatchObject({ verdict: 'FAIL', total: 70, route: null });
  });

  it.each([
    ['a figure of the wrong kind', { ...ask, figures: { ...figures, salesFen: 5 } }, '/figures/salesFen'],
    ['a misspelt figure', { ...ask, figures: { direct: { hitech: true } } }, '/figures/direct/hitech'],
    ['no figures', { ruleSet: ask.ruleSet, asOf: ask.asOf }, '/figures'],
    ['a list for figures', { ...ask, figures: [] }, '/figures'],
    ['an unknown rule set', { ...ask, ruleSet: 'gazelle' }, '/ruleSet'],
    ['a day before the rule', { ...ask, asOf: '2016-01-01' }, '/asOf'],
    ['no day', { ...ask, asOf: '2026-02-30' }, '/asOf'],
    ['a field too many', { ...ask, extra: 1 }, '/extra'],
  ])('refuses %s and says where', async (_, body, pointer) => {
    const answer = await enterprise.post(path, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ pointer }]);
  });

  it('names the rule sets that there are', async () => {
    const { body } = await enterprise.post(path, { ...ask, ruleSet: 'gazelle' });
    expect(body).toMatchObject({
      code: 'PROFILING.UNKNOWN_RULE_SET',
      errors: [{ detail: expect.stringContaining('technology-sme') as string }],
    });
  });

  it('is for whoever is signed in', async () => {
    expect((await firms.service.anyone.post(path, ask)).status).toBe(401);
    for (const role of ['regulator', 'account-manager', 'source'] as const)
      expect((await (await firms.service.as(role)).post(path, ask)).status).toBe(200);
  });
});
