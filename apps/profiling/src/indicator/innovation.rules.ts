import { addMonths, type Day, monthsBetween } from '@app/kernel';

import {
  countIn,
  dayIn,
  fenIn,
  latestFullYear,
  monthNumberIn,
  of,
  type RecordsByFeed,
  type SourceRecord,
  textIn,
  yearBefore,
} from '../record/record.rules.js';
import { type HeldTitle, heldOn, tierOn } from '../tier/tier.rules.js';
import { big, finding, growthBp, type Indicator, indicator, shareBp } from './indicator.rules.js';
import { latestMonth } from './monthly.rules.js';

/** 创新资质. The register of titles is complete: none listed means none held. */
export function titleIndicators(records: RecordsByFeed, titles: readonly HeldTitle[], asOf: Day): Indicator[] {
  const list = of(records, 'tech.title');
  const { tier } = tierOn(titles, asOf);
  const held = heldOn(titles, asOf);
  const first = titles
    .map(({ validFrom }) => validFrom)
    .filter((from) => from <= asOf)
    .toSorted()[0];
  return [
    finding(['TIER_RANK', 'LEVEL', 'tech.title'], tier === null ? 0n : BigInt(tier.slice(1)), list),
    finding(['TITLES_VALID', 'COUNT', 'tech.title'], BigInt(new Set(held.map(({ title }) => title)).size), list),
    indicator(['TITLE_MONTHS', 'MONTHS', 'tech.title'], first ? BigInt(monthsBetween(first, asOf)) : null, list[0]),
  ];
}

/** 创新人才. */
export function talentIndicators(records: RecordsByFeed, asOf: Day): Indicator[] {
  const staff = latestFullYear(of(records, 'tech.staff'), asOf);
  const [rdStaff, all] = [big(countIn(staff, 'rd_staff')), big(countIn(staff, 'staff'))];
  const insured = of(records, 'social-insurance.headcount');
  const [latest] = latestMonth(insured, 'month');
  const month = monthNumberIn(latest, 'month');
  const yearAgo = insured.find((one) => month !== null && monthNumberIn(one, 'month') === month - 12);
  const growth = growthBp(big(countIn(latest, 'insured')), big(countIn(yearAgo, 'insured')));
  return [
    indicator(['RD_STAFF', 'COUNT', 'tech.staff'], rdStaff, staff),
    indicator(['RD_STAFF_SHARE', 'BP', 'tech.staff'], shareBp(rdStaff, all), staff),
    indicator(['INSURED_GROWTH', 'BP', 'social-insurance.headcount'], growth, latest),
  ];
}

/** 创新投入, from the return in which research expense is declared. */
export function inputIndicators(records: RecordsByFeed, asOf: Day): Indicator[] {
  const returns = of(records, 'tax.income-return');
  const latest = latestFullYear(returns, asOf);
  const rd = fenIn(latest, 'rd_expense');
  const before = fenIn(yearBefore(returns, latest), 'rd_expense');
  return [
    indicator(['RD_EXPENSE', 'FEN', 'tax.income-return'], rd, latest),
    indicator(['RD_TO_REVENUE', 'BP', 'tax.income-return'], shareBp(rd, fenIn(latest, 'revenue')), latest),
    indicator(['RD_GROWTH', 'BP', 'tax.income-return'], growthBp(rd, before), latest),
  ];
}

const class1Kinds = new Set(['发明专利', '植物新品种', '集成电路布图设计']);
const class2Kinds = new Set(['软件著作权', '实用新型', '外观设计']);

/** Class of a kind of right under 国科发政〔2017〕115号, which asks for no holding period; trade marks have none. */
export function ipClass115(kind: string | null): 1 | 2 | null {
  if (kind === null) return null;
  return class1Kinds.has(kind) ? 1 : class2Kinds.has(kind) ? 2 : null;
}

/** Rights in force on the day that 115号 counts: valid, and related to the main product. */
export function countedRights(records: RecordsByFeed, asOf: Day): { class1: SourceRecord[]; class2: SourceRecord[] } {
  const rights = of(records, 'ip.right').filter((right) => {
    const granted = dayIn(right, 'granted_on');
    const inForce = textIn(right, 'status') === '有效' && (granted === null || granted <= asOf);
    return inForce && textIn(right, 'related') === '是';
  });
  const ofClass = (wanted: 1 | 2) => rights.filter((right) => ipClass115(textIn(right, 'kind')) === wanted);
  return { class1: ofClass(1), class2: ofClass(2) };
}

/** 创新产出. The register of rights is complete: none listed means none held. */
export function outputIndicators(records: RecordsByFeed, asOf: Day): Indicator[] {
  const list = of(records, 'ip.right');
  const { class1, class2 } = countedRights(records, asOf);
  const all = [...class1, ...class2];
  const recent = all.filter((right) => (dayIn(right, 'granted_on') ?? '') > addMonths(asOf, -36));
  const own = all.filter((right) => textIn(right, 'acquired') === '自主研发');
  const ownShare = shareBp(BigInt(own.length), BigInt(all.length));
  return [
    finding(['IP_CLASS1', 'COUNT', 'ip.right'], BigInt(class1.length), class1),
    finding(['IP_CLASS2', 'COUNT', 'ip.right'], BigInt(class2.length), class2),
    finding(['IP_GRANTED_3Y', 'COUNT', 'ip.right'], BigInt(recent.length), recent),
    indicator(['IP_SELF_DEVELOPED', 'BP', 'ip.right'], ownShare, list[0]),
  ];
}
