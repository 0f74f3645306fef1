import { bodyOf, differing, type Figures, groupsOf, recordedOf } from './figures.rules.js';

const ours: Figures = { employees: 100, rdStaff: 22, salesFen: '5000000000', abnormalList: false };

describe('the figures of a self-evaluation', () => {
  it('leave as the service takes them: what is empty is not known, titles stand within direct', () => {
    const body = bodyOf('technology-sme', { ...ours, 'direct.hitechCertValid': true });
    expect(body).toMatchObject({ employees: 100, salesFen: '5000000000', abnormalList: false, assetsFen: null });
    expect(body['direct']).toEqual({
      hitechCertValid: true,
      nationalAwardTop3In5y: null,
      provincialRdBody: null,
      ledStandardIn5y: null,
    });
  });

  it('name every figure of the rule once, as the service knows them', () => {
    const names = groupsOf('technology-sme').flatMap(({ figures }) => figures.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(17);
  });

  it('begin with what the records say, and with nothing where they are silent', () => {
    const figures = [
      { name: 'employees', value: 90 },
      { name: 'direct.hitechCertValid', value: false },
      { name: 'somethingElse', value: 1 },
    ];
    expect(recordedOf('technology-sme', figures)).toMatchObject({
      employees: 90,
      'direct.hitechCertValid': false,
      rdFen: null,
    });
    expect(recordedOf('technology-sme', figures)).not.toHaveProperty('somethingElse');
  });

  it('say in what they depart from the records: another number, a known for an unknown, an unknown for a known', () => {
    const recorded = recordedOf('technology-sme', [
      { name: 'employees', value: 100 },
      { name: 'rdStaff', value: 20 },
      { name: 'class1Ip', value: 1 },
    ]);
    expect(differing('technology-sme', ours, recorded)).toEqual(['rdStaff', 'salesFen', 'class1Ip', 'abnormalList']);
  });
});
