import { addDays, type Day, day } from '@app/kernel';

import { notAfter } from './calendar.js';
import type { City, Enterprise } from './city.js';
import { Random } from './random.js';
import { type Delivery, type Row, soundRow, wanText } from './row.js';

/** The register as it stood when the covered months began, then what changed since. */
export function* registerDeliveries(city: City): Generator<Delivery> {
  const { today, months } = city.calendar;
  const opening = months[0] === undefined ? today : day(`${months[0]}-01`);
  const random = new Random(`${city.seed}/registry`);
  const base: Row[] = [];
  const changes: Row[] = [];
  for (const enterprise of city.enterprises) {
    const registered = addDays(enterprise.establishedOn, 3);
    const report = notAfter(today, registered > opening ? registered : opening);
    base.push(registerRow(enterprise, { event: enterprise.establishedOn, report, op: 'I' }, {}));
    const change = changeOf(random, enterprise, report, today);
    if (change) changes.push(change);
  }
  yield { part: 'base', asOf: opening, rows: base };
  yield { part: 'changes', asOf: addDays(today, -1), rows: changes };
}

interface Stamp {
  readonly event: Day;
  readonly report: Day;
  readonly op: 'I' | 'U';
}

function registerRow(enterprise: Enterprise, stamp: Stamp, changed: { status?: string; address?: string }): Row {
  return soundRow(
    { key: `SC-${enterprise.no}`, uscc: enterprise.uscc, ...stamp },
    enterprise.name,
    enterprise.formerNames.join(';'),
    enterprise.legalRepresentative,
    enterprise.registeredCapitalWan,
    enterprise.paidInCapitalWan,
    enterprise.establishedOn,
    changed.status ?? '存续',
    enterprise.industry.code,
    enterprise.district.code,
    changed.address ?? enterprise.address,
  );
}

/** Firms that closed or left, and a few that moved house. */
function changeOf(random: Random, enterprise: Enterprise, known: Day, today: Day): Row | undefined {
  const moves = random.chance(0.04);
  const daysAgo = random.int(1, 300);
  const house = `${enterprise.address}（${random.int(2, 9)}号楼）`;
  if (enterprise.closedOn !== undefined) {
    const event = enterprise.closedOn;
    const report = notAfter(today, addDays(event, 2));
    return registerRow(enterprise, { event, report: later(report, known), op: 'U' }, { status: enterprise.status });
  }
  const event = addDays(today, -daysAgo);
  if (!moves || event <= known) return undefined;
  return registerRow(enterprise, { event, report: notAfter(today, addDays(event, 2)), op: 'U' }, { address: house });
}

/** One file a year: firms report from January to June about the year before. */
export function* annualReportDeliveries(city: City): Generator<Delivery> {
  const { today, years } = city.calendar;
  for (const year of years) {
    const random = new Random(`${city.seed}/annual-report/${year}`);
    const lastReport = notAfter(today, day(`${year + 1}-06-30`));
    const rows = city.enterprises.flatMap((enterprise) => {
      const report = reportWithin(random, day(`${year + 1}-01-02`), lastReport);
      const figures = enterprise.books.years.find((one) => one.year === year);
      if (figures === undefined) return [];
      const main = figures.revenueYuan * random.between(0.86, 1);
      return soundRow(
        { key: `NB-${year}-${enterprise.no}`, uscc: enterprise.uscc, event: day(`${year}-12-31`), report },
        year,
        figures.employees,
        wanText(figures.totalAssetsYuan),
        wanText(figures.totalLiabilitiesYuan),
        wanText(figures.revenueYuan),
        wanText(main),
        wanText(figures.netProfitYuan),
        wanText(figures.taxPaidYuan),
      );
    });
    yield { part: `${year}`, asOf: lastReport, rows };
  }
}

/** A day from `from` to `to`; `to` when the window has not opened yet. */
export function reportWithin(random: Random, from: Day, to: Day): Day {
  const at = addDays(from, Math.floor(random.next() * 170));
  if (from >= to) return to;
  return at > to ? addDays(to, -random.int(0, 1)) : at;
}

function later(one: Day, other: Day): Day {
  return one > other ? one : other;
}
