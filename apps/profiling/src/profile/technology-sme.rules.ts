import { addDays, type Day, day, type Reason } from '@app/kernel';
import {
  evaluateTechnologySme,
  type Evaluation,
  type Known,
  parseTechnologySmeFigures,
  technologySmeTerms,
  termsFor,
} from '@app/rules';

import { countedRights } from '../indicator/innovation.rules.js';
import { headcount, yearBooks } from '../indicator/operation.rules.js';
import { openEnforcements, penaltiesSince } from '../indicator/risk.rules.js';
import {
  countIn,
  fenIn,
  latestFullYear,
  of,
  ofYear,
  type RecordsByFeed,
  type SourceRecord,
  textIn,
} from '../record/record.rules.js';
import { titleKey } from '../tier/tier-terms.rules.js';
import { type HeldTitle, heldOn } from '../tier/tier.rules.js';

type FigureValue = string | number | boolean | null;

/** A figure of the rule set drawn from records, with where it comes from; money as text of whole fen. */
export interface RecordFigure {
  /** Name of evaluations.md; those under `direct` as `direct.<name>`. */
  readonly name: string;
  readonly value: FigureValue;
  readonly source: string | null;
  readonly recordKey: string | null;
  readonly recordVersion: number | null;
}

/**
 * The figures of 国科发政〔2017〕115号 from records. Sales, cost and research expense come from one income tax return, so
 * that no ratio mixes years; without a return sales come from the annual report. Heads come from the science
 * department's count, or else the annual report.
 */
export function technologySmeFigures(
  records: RecordsByFeed,
  titles: readonly HeldTitle[],
  asOf: Day,
): readonly RecordFigure[] {
  const books = yearBooks(records, asOf);
  const declared = latestFullYear(of(records, 'tax.income-return'), asOf);
  const report = latestFullYear(of(records, 'registry.annual-report'), asOf);
  const staff = latestFullYear(of(records, 'tech.staff'), asOf);
  const heads = headcount(records, asOf);
  const { class1, class2 } = countedRights(records, asOf);
  return [
    ...gateFigures(records, asOf),
    figure('employees', heads.count, heads.record),
    figure('salesFen', text(fenIn(books?.record, 'revenue')), books?.record),
    figure('assetsFen', text(fenIn(report, 'total_assets')), report),
    figure('costFen', text(fenIn(declared, 'total_cost')), declared),
    figure('rdFen', text(fenIn(declared, 'rd_expense')), declared),
    figure('rdStaff', countIn(staff, 'rd_staff'), staff),
    { ...figure('class1Ip', class1.length, class1[0]), source: 'ip.right' },
    { ...figure('class2Ip', class2.length, class2[0]), source: 'ip.right' },
    {
      ...figure('direct.hitechCertValid', holdsHitech(titles, asOf), of(records, 'tech.title')[0]),
      source: 'tech.title',
    },
  ];
}

/** Runs the version of the rule that is in force on the day; undefined on days before the first. */
export function technologySmeOnRecords(figures: readonly RecordFigure[], asOf: Day): Evaluation | undefined {
  const terms = termsFor(technologySmeTerms, asOf);
  const read = parseTechnologySmeFigures(nested(figures));
  if (!terms || !('figures' in read)) return undefined;
  const evaluation = evaluateTechnologySme(terms, read.figures, asOf);
  return { ...evaluation, reasons: [...evaluation.reasons, ...assumptions] };
}

/** Said with every result on records, because a reader must know what silence was taken for. */
const assumptions: readonly Reason[] = [
  {
    code: 'NO_RECORD_NO_FINDING',
    zh: '禁止类产品、重大事故、经营异常和严重失信：本市数源未见相关记录，按无此情形处理',
    en: 'prohibited products, accidents and official lists: the sources of the city hold no record, taken as no finding',
  },
  {
    code: 'DIRECT_PARTLY_UNKNOWN',
    zh: '国家级科技奖励、省部级研发机构和主导制定标准尚无数源，需企业自证',
    en: 'awards, research bodies and standards have no feed yet: the enterprise must show them itself',
  },
];

function gateFigures(records: RecordsByFeed, asOf: Day): RecordFigure[] {
  const [registry] = of(records, 'registry.enterprise');
  const [conduct, conductRecord] = accidentOrOffence(records, asOf);
  const breach = openEnforcements(records, asOf).find((entry) => textIn(entry, 'kind') === '失信');
  return [
    figure('residentInChina', resident(textIn(registry, 'status')), registry),
    figure('prohibitedProducts', false),
    figure('majorAccidentOrOffence', conduct, conductRecord),
    figure('abnormalList', false),
    // The courts' list is not the market regulator's list, but nobody should be waved through who stands on it.
    figure('seriousBreachList', breach ? null : false, breach),
  ];
}

/** Moved to another city is still in China; struck off is nowhere. */
function resident(status: string | null): Known {
  if (status === null) return null;
  return status === '存续' || status === '迁出';
}

const grave = /重大|特大|严重/;
const graveKinds = /吊销|停产|停业|关闭/;

/** In the prior year and this one. Which offence is "major" is for a person to say: a sign of one leaves it open. */
function accidentOrOffence(records: RecordsByFeed, asOf: Day): [Known, SourceRecord | undefined] {
  const thisYear = Number(asOf.slice(0, 4));
  const since = addDays(day(`${thisYear - 1}-01-01`), -1);
  const penalty = penaltiesSince(records, since, asOf).find(
    (decision) => grave.test(textIn(decision, 'offence') ?? '') || graveKinds.test(textIn(decision, 'kind') ?? ''),
  );
  const colours = of(records, 'environment.colour');
  const colour = [thisYear, thisYear - 1]
    .map((year) => ofYear(colours, year))
    .find((record) => ['红', '黑'].includes(textIn(record, 'colour') ?? ''));
  const sign = penalty ?? colour;
  return [sign ? null : false, sign];
}

const hitech = new Set(['高新技术企业', '高企']);

const holdsHitech = (titles: readonly HeldTitle[], asOf: Day): boolean =>
  heldOn(titles, asOf).some(({ title }) => hitech.has(titleKey(title)));

function figure(name: string, value: FigureValue, record?: SourceRecord): RecordFigure {
  return {
    name,
    value,
    source: record?.feed ?? null,
    recordKey: record?.recordKey ?? null,
    recordVersion: record?.version ?? null,
  };
}

const text = (amount: bigint | null): string | null => (amount === null || amount < 0n ? null : amount.toString());

function nested(figures: readonly RecordFigure[]): Record<string, unknown> {
  const prefix = 'direct.';
  const plain = figures.filter(({ name }) => !name.startsWith(prefix)).map(({ name, value }) => [name, value]);
  const direct = figures
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ name, value }) => [name.slice(prefix.length), value]);
  return { ...Object.fromEntries(plain), direct: Object.fromEntries(direct) };
}
