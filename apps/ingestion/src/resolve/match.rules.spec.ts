import { resolve } from 'node:path';

import { makeUscc } from '@app/kernel';
import { fc, test } from '@fast-check/jest';

import { type Known, matchOf, organisationCodeOf, verdictOf, type Wanted } from './match.rules.js';
import { readMatching, settingsOn } from './matching.driver.js';
import { nameReader } from './name-key.driver.js';

const matching = readMatching(resolve('infra/contracts'));
const settings = settingsOn(matching, '2026-11-23');
const read = nameReader(matching.words);

const wants = (wish: Partial<Omit<Wanted, 'name'>> & { name?: string }): Wanted => ({
  organisationCode: '',
  registrationNumber: '',
  representative: '',
  division: '',
  address: '',
  ...wish,
  name: wish.name === undefined ? null : read(wish.name),
});
const knows = (serial: number, name: string, wish: Partial<Omit<Known, 'name'>> = {}): Known => ({
  uscc: makeUscc('320505', serial),
  former: false,
  registrationNumber: '',
  representative: '',
  division: '',
  address: '',
  ...wish,
  name: read(name),
});
const guang = knows(1, '苏州光能科技有限公司', { division: '320506', representative: '沈舟', address: '吴中大道1号' });
const code = guang.uscc.slice(8, 17);

describe('a claim', () => {
  it.each<[string, Wanted, Known[], 'SURE' | 'UNSURE']>([
    ['says the name as it is', wants({ name: '苏州光能科技有限公司' }), [guang], 'SURE'],
    ['is typed in full width with brackets', wants({ name: '光能科技（苏州）有限公司' }), [guang], 'SURE'],
    ['is typed in traditional characters', wants({ name: '蘇州光能科技有限公司' }), [guang], 'SURE'],
    ['adds 市', wants({ name: '苏州市光能科技有限公司' }), [guang], 'SURE'],
    [
      'leaves the form out and knows the head of the firm',
      wants({ name: '苏州光能科技', representative: '沈舟' }),
      [guang],
      'SURE',
    ],
    ['leaves the form out and knows nothing else', wants({ name: '苏州光能科技' }), [guang], 'UNSURE'],
    [
      'writes the brand as it sounds, at the same address',
      wants({ name: '苏州广能科技有限公司', address: '吴中大道1号' }),
      [guang],
      'SURE',
    ],
    ['has the old code alone', wants({ organisationCode: code }), [guang], 'SURE'],
    [
      'has the old code and the name of another firm',
      wants({ organisationCode: code, name: '苏州海川贸易有限公司' }),
      [guang],
      'UNSURE',
    ],
    [
      'has the name and the old code of another firm',
      wants({ organisationCode: makeUscc('320505', 9).slice(8, 17), name: '苏州光能科技有限公司' }),
      [guang],
      'UNSURE',
    ],
    [
      'means a sister company',
      wants({ name: '苏州光能贸易有限公司', representative: '沈舟', address: '吴中大道1号', division: '320506' }),
      [guang],
      'UNSURE',
    ],
    ['means a branch', wants({ name: '苏州光能科技有限公司昆山分公司' }), [guang], 'UNSURE'],
    [
      'means the second works',
      wants({ name: '苏州光能二厂科技有限公司' }),
      [knows(2, '苏州光能一厂科技有限公司')],
      'UNSURE',
    ],
    [
      'means the firm of another district',
      wants({ name: '昆山光能科技有限公司' }),
      [knows(3, '吴江光能科技有限公司')],
      'UNSURE',
    ],
    [
      'fits two firms alike',
      wants({ name: '光能科技有限公司' }),
      [knows(3, '吴江光能科技有限公司'), knows(4, '昆山光能科技有限公司')],
      'UNSURE',
    ],
    [
      'fits two firms but for the division',
      wants({ name: '光能科技有限公司', division: '320583' }),
      [
        knows(3, '吴江光能科技有限公司', { division: '320509' }),
        knows(4, '昆山光能科技有限公司', { division: '320583' }),
      ],
      'SURE',
    ],
    [
      'says a name of before',
      wants({ name: '苏州旧光能科技有限公司' }),
      [knows(5, '苏州旧光能科技有限公司', { former: true }), guang],
      'SURE',
    ],
    [
      'says a name that another firm has by now',
      wants({ name: '苏州旧光能科技有限公司' }),
      [knows(5, '苏州旧光能科技有限公司', { former: true }), knows(6, '苏州旧光能科技有限公司')],
      'UNSURE',
    ],
    ['knows nobody', wants({ name: '苏州无名科技有限公司' }), [], 'UNSURE'],
  ])('that %s is %s', (_, wanted, known, outcome) => {
    const verdict = verdictOf(wanted, known, settings);
    expect({ outcome: verdict.outcome, scores: verdict.candidates.map(({ score }) => score) }).toMatchObject({
      outcome,
    });
  });

  it('is told which features gave how much', () => {
    const match = matchOf(wants({ name: '苏州市光能科技有限公司', representative: '李桥' }), guang, settings.points);
    expect(match.reasons).toEqual([
      { feature: 'BRAND', outcome: 'SAME', points: 300 },
      { feature: 'TRADE', outcome: 'SAME', points: 170 },
      { feature: 'REGION', outcome: 'SAME', points: 60 },
      { feature: 'FORM', outcome: 'SAME', points: 40 },
      { feature: 'WHOLE', outcome: 'SAME', points: 60 },
      { feature: 'REPRESENTATIVE', outcome: 'DIFFERS', points: -80 },
    ]);
    expect(match.score).toBe(550);
  });

  const anyKnown = fc
    .record({
      serial: fc.nat(40),
      name: fc.constantFrom(
        '苏州光能科技有限公司',
        '昆山光能科技有限公司',
        '苏州光能贸易有限公司',
        '苏州海川电子有限公司',
      ),
      former: fc.boolean(),
      representative: fc.constantFrom('', '沈舟', '李桥'),
      division: fc.constantFrom('', '320506', '320583'),
    })
    .map(({ serial, name, ...rest }) => knows(serial, name, rest));

  test.prop([
    fc.constantFrom('苏州光能科技有限公司', '光能科技有限公司', '苏州海川'),
    fc.array(anyKnown, { maxLength: 12 }),
    fc.nat(),
  ])(
    'is judged the same in whatever order the candidates come, and never surely with a second one close behind',
    (name, known, turn) => {
      const wanted = wants({ name, representative: '沈舟' });
      const verdict = verdictOf(wanted, known, settings);
      const turned = [...known.slice(turn % (known.length + 1)), ...known.slice(0, turn % (known.length + 1))];
      expect(verdictOf(wanted, turned, settings).candidates.map(({ uscc, score }) => [uscc, score])).toEqual(
        verdict.candidates.map(({ uscc, score }) => [uscc, score]),
      );
      const [first, second] = verdict.candidates;
      if (verdict.outcome !== 'SURE') return;
      expect(first!.score).toBeGreaterThanOrEqual(settings.sure);
      expect(first!.score - (second?.score ?? 0)).toBeGreaterThanOrEqual(settings.margin);
      expect(new Set(verdict.candidates.map(({ uscc }) => uscc)).size).toBe(verdict.candidates.length);
    },
  );

  it('reads an old code however it is written, and takes no other nine characters for one', () => {
    expect(organisationCodeOf('77604965-3')).toBe('776049653');
    expect(organisationCodeOf(' D2143569－X ')).toBe('D2143569X');
    expect(organisationCodeOf('59498494x')).toBe('59498494X');
    expect(organisationCodeOf('776049654')).toBeUndefined();
    expect(organisationCodeOf('7760496')).toBeUndefined();
  });
});
