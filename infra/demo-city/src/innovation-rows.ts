import { addDays, type Day, day, daysBetween } from '@app/kernel';

import { notAfter } from './calendar.js';
import type { City, Enterprise } from './city.js';
import { Random } from './random.js';
import { reportWithin } from './registry-rows.js';
import { type Delivery, type Row, soundRow } from './row.js';

/** Endings of a patent's name; some hold commas and a line break, as the office's titles do. */
const inventionEndings = ['的控制方法', '方法及系统', '装置、设备及存储介质', '工艺,及其应用', '方法'];
const modelEndings = ['机构', '装置', '治具,带快换结构', '组件', '防护罩'];

/** The holdings of all firms, and a supplement with what was granted in the last quarter. */
export function* rightDeliveries(city: City): Generator<Delivery> {
  const { today } = city.calendar;
  const random = new Random(`${city.seed}/ip`);
  const cut = addDays(today, -90);
  const rows = city.enterprises.flatMap((enterprise) => rightsOf(random, enterprise, today));
  yield { part: 'holdings', asOf: cut, rows: rows.filter((row) => (row.cells[3] ?? '') <= cut) };
  yield { part: 'supplement', asOf: addDays(today, -1), rows: rows.filter((row) => (row.cells[3] ?? '') > cut) };
}

/** Staff and R&D staff of a year, for firms that do research. */
export function* staffDeliveries(city: City): Generator<Delivery> {
  const { today, years } = city.calendar;
  const random = new Random(`${city.seed}/tech-staff`);
  const lastReport = notAfter(today, day(`${(years.at(-1) ?? 2_000) + 1}-04-30`));
  const rows = years.flatMap((year) =>
    city.enterprises.flatMap((enterprise) => {
      const report = reportWithin(random, day(`${year + 1}-01-06`), notAfter(today, day(`${year + 1}-04-30`)));
      const figures = enterprise.books.years.find((one) => one.year === year);
      if (figures === undefined || (enterprise.tier === 0 && figures.rdStaff === 0)) return [];
      return soundRow(
        { key: `KJ-${year}-${enterprise.no}`, uscc: enterprise.uscc, event: day(`${year}-12-31`), report },
        year,
        figures.employees,
        figures.rdStaff,
      );
    }),
  );
  yield { part: 'all', asOf: lastReport, rows };
}

/** Every title with its certificate, valid ones and expired ones. */
export function* titleDeliveries(city: City): Generator<Delivery> {
  const { today } = city.calendar;
  const rows = city.enterprises.flatMap((enterprise) =>
    enterprise.titles.map(({ title, certificate, validFrom, validTo }, index) =>
      soundRow(
        {
          key: `CH-${enterprise.no}-${index + 1}`,
          uscc: enterprise.uscc,
          event: validFrom,
          report: notAfter(today, addDays(validFrom, 10)),
        },
        title,
        certificate,
        validFrom,
        validTo,
      ),
    ),
  );
  yield { part: 'all', asOf: addDays(today, -1), rows };
}

function rightsOf(random: Random, enterprise: Enterprise, today: Day): Row[] {
  const inventions = Array.from({ length: enterprise.inventions }, () => '发明专利');
  const others = Array.from({ length: enterprise.otherRights }, () => otherKind(random, enterprise));
  const kinds = [...inventions, ...others];
  if (enterprise.industry.code.startsWith('C397') && enterprise.inventions > 2) kinds.push('集成电路布图设计');
  return kinds.map((kind, index) => rightRow(random, { enterprise, kind, index, today }));
}

function otherKind(random: Random, enterprise: Enterprise): string {
  if (!enterprise.industry.technology) return random.pick(['商标', '商标', '外观设计', '实用新型']);
  if (enterprise.industry.code.startsWith('I'))
    return random.pick(['软件著作权', '软件著作权', '软件著作权', '商标', '外观设计']);
  return random.pick(['实用新型', '实用新型', '实用新型', '实用新型', '外观设计', '软件著作权', '商标']);
}

interface RightDraw {
  readonly enterprise: Enterprise;
  readonly kind: string;
  readonly index: number;
  readonly today: Day;
}

function rightRow(random: Random, { enterprise, kind, index, today }: RightDraw): Row {
  const age = Math.max(60, daysBetween(enterprise.establishedOn, today) - 400);
  const grantedOn = addDays(today, -random.int(4, Math.min(age, 3_200)));
  const appliedOn = addDays(grantedOn, kind === '发明专利' ? -random.int(500, 1_000) : -random.int(60, 300));
  const acquired = random.chance(0.07);
  const transferredOn = acquired ? notAfter(today, addDays(grantedOn, random.int(30, 500))) : '';
  const lapsed = grantedOn < addDays(today, -1_400) && random.chance(0.2);
  const event = transferredOn === '' ? grantedOn : transferredOn;
  const subject = random.pick(enterprise.industry.subjects);
  return soundRow(
    {
      key: `ZS-${enterprise.no}-${String(index + 1).padStart(3, '0')}`,
      uscc: enterprise.uscc,
      event,
      report: notAfter(today, addDays(event, random.int(2, 20))),
    },
    kind,
    numberOf(random, kind, appliedOn),
    nameOf(random, kind, subject),
    appliedOn,
    grantedOn,
    lapsed ? '失效' : '有效',
    acquired ? '受让' : '自主研发',
    transferredOn,
    kind === '商标' || random.chance(0.08) ? '否' : '是',
  );
}

function numberOf(random: Random, kind: string, appliedOn: Day): string {
  const year = appliedOn.slice(0, 4);
  const serial = String(random.int(100_000, 999_999));
  switch (kind) {
    case '发明专利':
      return `ZL${year}1${serial}.${random.int(0, 9)}`;
    case '实用新型':
      return `ZL${year}2${serial}.${random.int(0, 9)}`;
    case '外观设计':
      return `ZL${year}3${serial}.${random.int(0, 9)}`;
    case '软件著作权':
      return `${year}SR${serial}`;
    case '商标':
      return `${random.int(30_000_000, 79_999_999)}`;
    default:
      return `BS.${year}${serial}`;
  }
}

function nameOf(random: Random, kind: string, subject: string): string {
  if (kind === '发明专利')
    return `一种${subject}${random.pick(inventionEndings)}${random.chance(0.02) ? '\n(分案)' : ''}`;
  if (kind === '实用新型') return `一种${subject}${random.pick(modelEndings)}`;
  if (kind === '软件著作权')
    return `${subject}软件[简称:${subject.slice(0, 2)}系统]V${random.int(1, 4)}.${random.int(0, 9)}`;
  if (kind === '外观设计') return `${subject}设备`;
  return `${subject}（图形）`;
}
