import { addDays, day } from '@app/kernel';

import { composeReport, type FieldValue, type ReportRecord, tendencyOf } from './report.rules.js';

const today = day('2026-11-23');
const view = { institution: 'BANK-A', today, collection: true };

const record = (feed: string, fields: Record<string, FieldValue>, wish: Partial<ReportRecord> = {}): ReportRecord => ({
  feed,
  source: 'SY',
  sourceName: '数源',
  feedTitle: feed,
  basis: 'AUTHORISED',
  recordKey: 'k1',
  version: 1,
  eventDate: today,
  reportDate: today,
  fields,
  ofFeed: 1,
  ...wish,
});

const itemsOf = (records: ReportRecord[], code: string, collection = true) =>
  composeReport(records, { ...view, collection }).sections.find((section) => section.code === code)!.items;

const valueOf = (item: ReturnType<typeof itemsOf>[number], code: string) =>
  item.fields.find((field) => field.code === code)?.value;

describe('a report', () => {
  it('has every section, also when nothing is known', () => {
    const { sections, overview, sources } = composeReport([], view);
    expect(sections.map(({ code }) => code)).toEqual(
      'REGISTRATION OPERATION FINANCE INNOVATION CREDIT JUDICIAL PENALTY ENVIRONMENT'.split(' '),
    );
    expect(overview).toEqual({ records: 0, positive: 0, negative: 0 });
    expect(sources).toEqual([]);
  });

  it('leaves out fields and feeds that have no layout', () => {
    const [item] = itemsOf([record('tech.staff', { staff: 10, secret: 'x' })], 'INNOVATION');
    expect(item!.fields.map(({ code }) => code)).toEqual(['year', 'staff', 'rd_staff']);
    expect(composeReport([record('unknown.feed', { a: 'b' })], view).overview.records).toBe(0);
  });

  it('shows authorised feeds only under collection, public ones also without', () => {
    const tax = record('tax.vat-return', { sales: '100' });
    const title = record('tech.title', { title: '高新技术企业' }, { basis: 'DUTY' });
    expect(itemsOf([tax], 'OPERATION', false)).toEqual([]);
    expect(itemsOf([tax], 'OPERATION')).toHaveLength(1);
    expect(itemsOf([title], 'INNOVATION', false)).toHaveLength(1);
  });

  it.each([
    ['the last day of publicity', today, 1],
    ['the day after', addDays(today, -1), 0],
  ])('shows a penalty on %s', (_, until, items) => {
    expect(itemsOf([record('penalty.decision', { public_until: until })], 'PENALTY')).toHaveLength(items);
  });

  it.each([
    ['while it stands', null, 1],
    ['until it is removed', addDays(today, 1), 1],
    ['no longer', today, 0],
  ])('shows an enforcement %s', (_, removed, items) => {
    expect(itemsOf([record('court.enforcement', { removed_on: removed })], 'JUDICIAL')).toHaveLength(items);
  });

  it("masks other banks' contracts, shows the bank its own, and hides account numbers", () => {
    const loan = { contract_no: 'C-1', institution: 'BANK-A', balance: '500' };
    const [own, foreign] = itemsOf(
      [record('finance.loan', loan), record('finance.loan', { ...loan, institution: 'BANK-B' })],
      'CREDIT',
    );
    expect([valueOf(own!, 'contract_no'), valueOf(own!, 'institution'), own!.recordKey]).toEqual([
      'C-1',
      'BANK-A',
      'k1',
    ]);
    expect([valueOf(foreign!, 'contract_no'), valueOf(foreign!, 'institution'), foreign!.recordKey]).toEqual([
      '***',
      '***',
      '***',
    ]);
    expect(valueOf(foreign!, 'balance')).toBe('500');
    const [usage] = itemsOf([record('utility.usage', { account: '320500012345' })], 'OPERATION');
    expect(valueOf(usage!, 'account')).toBe('***2345');
  });
});

describe('the tendency of a record', () => {
  it.each<[string, Record<string, FieldValue>, string | null]>([
    ['tax.credit-rating', { level: 'A' }, 'POSITIVE'],
    ['tax.credit-rating', { level: 'B' }, null],
    ['tax.credit-rating', { level: 'D' }, 'NEGATIVE'],
    ['utility.usage', { arrears: '0' }, null],
    ['utility.usage', { arrears: '100' }, 'NEGATIVE'],
    ['social-insurance.headcount', { arrears_months: 2 }, 'NEGATIVE'],
    ['tech.title', { valid_to: '2026-11-23' }, 'POSITIVE'],
    ['tech.title', { valid_to: '2026-11-22' }, null],
    ['environment.colour', { colour: '绿' }, 'POSITIVE'],
    ['environment.colour', { colour: '黄' }, null],
    ['environment.colour', { colour: '黑' }, 'NEGATIVE'],
    ['finance.loan', { class: '正常', overdue_days: 0 }, null],
    ['finance.loan', { class: '正常', overdue_days: 1 }, 'NEGATIVE'],
    ['finance.loan', { class: '可疑' }, 'NEGATIVE'],
    ['registry.enterprise', { status: '吊销' }, 'NEGATIVE'],
    ['registry.enterprise', { status: '存续' }, null],
    ['court.enforcement', {}, 'NEGATIVE'],
    ['penalty.decision', {}, 'NEGATIVE'],
    ['ip.right', { status: '有效' }, null],
  ])('%s %j', (feed, fields, tendency) => {
    expect(tendencyOf({ feed, fields }, today)).toBe(tendency);
  });
});
