import { type City, type Enterprise } from './city.js';
import { institutions } from './institutions.js';
import { sources } from './source.js';

export type DemoRole = 'operator' | 'regulator' | 'source' | 'enterprise' | 'account-manager' | 'institution-admin';

/** A person who gets a password in the demo; everybody else in the city has none. */
export interface DemoPerson {
  readonly login: string;
  readonly name: string;
  readonly role: DemoRole;
  /** What the README says of the person. */
  readonly note: string;
  /** The organisation's code; of an enterprise its unified social credit code. */
  readonly organisation: string;
}

/** Organisations of the demo's officials besides sources and institutions. */
export const operatorOrganisation = { code: 'OPERATOR', name: '信桥平台运营中心', kind: 'operator' } as const;
export const regulatorOrganisation = {
  code: 'REGULATOR',
  name: '苏州市金融监管联席办公室',
  kind: 'regulator',
} as const;

/** The few people with passwords: two enterprises are chosen from the city, the rest is the same in every city. */
export function demoPeople(city: City): DemoPerson[] {
  const strong = strongEnterprise(city);
  const plain = plainEnterprise(city);
  return [
    ...officials(),
    ...bankers(),
    person(
      'finance-star',
      `${strong.legalRepresentative.slice(0, 1)}会计`,
      'enterprise',
      strong.uscc,
      `${strong.name}（T${strong.tier}）财务负责人`,
    ),
    person(
      'finance-plain',
      `${plain.legalRepresentative.slice(0, 1)}会计`,
      'enterprise',
      plain.uscc,
      `${plain.name}（未入梯次）财务负责人`,
    ),
  ];
}

/** A T3 firm with good figures: within the size limits of 科技型中小企业, research well above them, no distress. */
export function strongEnterprise(city: City): Enterprise {
  const score = (one: Enterprise): number => {
    const year = one.books.years.at(-1);
    if (year === undefined || one.distressed || year.employees > 400 || year.revenueYuan > 180_000_000) return -1;
    const rdShare = year.rdStaff / year.employees;
    const intensity = year.rdExpenseYuan / year.revenueYuan;
    return rdShare >= 0.3 && intensity >= 0.06 && one.inventions >= 2 && year.profitYuan > 0 ? year.revenueYuan : 0;
  };
  const candidates = city.enterprises.filter((one) => one.tier === 3);
  return best(candidates.length > 0 ? candidates : city.enterprises, score);
}

/** A living firm without a tier and without distress, of middling size. */
export function plainEnterprise(city: City): Enterprise {
  const score = (one: Enterprise): number => {
    const year = one.books.years.at(-1);
    if (year === undefined || one.distressed || one.status !== '存续') return -1;
    return year.employees >= 10 && one.titles.length === 0 ? year.employees : 0;
  };
  return best(
    city.enterprises.filter((one) => one.tier === 0),
    score,
  );
}

function officials(): DemoPerson[] {
  return [
    person('operator', '平台运营员', 'operator', operatorOrganisation.code, '平台运营：数据、限额、审批'),
    person('operator2', '平台复核员', 'operator', operatorOrganisation.code, '第二运营员：复核限额与开户'),
    person('regulator', '监管专员', 'regulator', regulatorOrganisation.code, '监管部门：只看汇总'),
    person('source-tax', '税务数据员', 'source', sourceCode('tax.vat-return'), '税务局：报送与更正'),
    person('source-registry', '登记数据员', 'source', sourceCode('registry.enterprise'), '市场监管局：报送与更正'),
  ];
}

function bankers(): DemoPerson[] {
  const [first, second, third] = institutions;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('three institutions are needed');
  return [
    ...[first, second, third].flatMap((institution) =>
      institution.managers
        .slice(0, 1)
        .map(({ login, name }) =>
          person(login, name, 'account-manager', institution.code, `${institution.name}客户经理`),
        ),
    ),
    person('bank-jinji-admin', '金鸡管理员', 'institution-admin', first.code, `${first.name}机构管理员`),
  ];
}

function person(login: string, name: string, role: DemoRole, organisation: string, note: string): DemoPerson {
  return { login, name, role, note, organisation };
}

function sourceCode(feed: string): string {
  const found = sources.find((source) => source.feeds.includes(feed));
  if (found === undefined) throw new RangeError(`no source delivers ${feed}`);
  return found.code;
}

/** The first with the highest score. */
function best(enterprises: readonly Enterprise[], score: (one: Enterprise) => number): Enterprise {
  const [first, ...rest] = enterprises;
  if (first === undefined) throw new RangeError('the city is too small to choose an enterprise from');
  return rest.reduce((chosen, one) => (score(one) > score(chosen) ? one : chosen), first);
}
