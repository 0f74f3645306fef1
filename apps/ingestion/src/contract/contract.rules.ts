export type Basis = 'PUBLIC' | 'DUTY' | 'AUTHORISED';
export type FileForm = 'CSV' | 'NDJSON' | 'XLSX' | 'XML' | 'FIXED' | 'ZIP' | 'TOPIC';
export type Charset = 'utf-8' | 'gb18030';

interface CodeList {
  from?: string;
  source: string;
  codes: string[];
}

/** Where the columns of a line of fixed width stand, the five leading ones among them. */
export interface FixedLayout {
  unit: 'bytes' | 'characters';
  charset?: Charset;
  headerLines?: number;
  /** `from` counts from 1. */
  columns: { name: string; from: number; length: number }[];
}

/** A last row that says how many rows there are, and sums of some columns. */
export interface Totals {
  /** Stands in the column of the record key. */
  marker: string;
  /** The column that holds the number of rows. */
  count: string;
  sums?: string[];
}

/** What the forms of a feed's files leave open. */
interface Delivery {
  xlsx?: { sheet: string };
  xml?: { row: string };
  fixed?: FixedLayout;
  zip?: { members: 'ONE' | 'SEVERAL' };
  totals?: Totals;
}

/** One further column of a feed, after the five that all feeds begin with. */
export interface Column {
  header: string;
  name: string;
  type: 'text' | 'list' | 'code' | 'integer' | 'decimal' | 'money' | 'day' | 'month' | 'year';
  required?: boolean;
  /** Whose fact it is; DUTY: what directors and executives do in office, which is no personal information. */
  subject?: 'ENTERPRISE' | 'DUTY' | 'PERSON';
  /** Class of protection, L1 public to L4 secret. */
  level?: 'L1' | 'L2' | 'L3' | 'L4';
  /** What is counted, where it is not money: 千瓦时, 人, 件. */
  measure?: string;
  /** Added later: files that were made before do without it. */
  mayBeAbsent?: boolean;
  unit?: 'yuan' | 'wan';
  negative?: boolean;
  maxLength?: number;
  pattern?: string;
  separator?: string;
  min?: number;
  max?: number;
  codes?: string[];
  codeLists?: CodeList[];
}

/** What a row says about whom it means, by column; `organisationCode` may be the column of the code itself. */
export interface Naming {
  name?: string;
  organisationCode?: string;
  registrationNumber?: string;
  representative?: string;
  division?: string;
  address?: string;
}

export interface Registering extends Omit<Naming, 'organisationCode'> {
  name: string;
  formerNames?: string;
}

/** Who may see records and until when: the record types of the retention matrix. */
interface Publicity {
  recordType:
    | 'PUBLIC_RECORD'
    | 'ENTERPRISE_PENALTY'
    | 'DISHONEST_DEBTOR'
    | 'AUTHORISED_DETAIL'
    | 'DUTY_RECORD'
    | 'PERSONAL_NEGATIVE';
  /** The field with the last day of publicity. */
  until?: string;
}

/** How long records are kept, counted from a field or from the event date, and what happens then. */
interface Retention {
  years: number;
  from: string;
  after: 'DELETE' | 'ARCHIVE';
  source: string;
}

/** What a good delivery looks like; checked beyond the single row. */
export type QualityRule =
  | { rule: 'COMPLETE'; field: string; minBp: number }
  | { rule: 'UNIQUE'; fields: string[] }
  | { rule: 'ORDER'; earlier: string; later: string }
  | { rule: 'RANGE'; field: string; min?: number; max?: number }
  | { rule: 'JUMP'; field: string; factor: number }
  | { rule: 'AGREES'; field: string; feed: string; with: string; toleranceBp: number };

/** A fault with which two people may take a row all the same, and why that makes sense. */
export interface Acceptable {
  code:
    | 'NUMBER_RANGE'
    | 'MONEY_NEGATIVE'
    | 'CODE_UNKNOWN'
    | 'CODE_NOT_IN_FORCE'
    | 'TEXT_PATTERN'
    | 'TEXT_TOO_LONG'
    | 'FIELD_REQUIRED';
  field: string;
  reason: string;
}

/** What a source promises to deliver and what we may do with it; infra/contracts/contract.schema.json has the form. */
export interface Contract {
  feed: string;
  version: string;
  effectiveFrom: string;
  title: string;
  sources: string[];
  sourceName: string;
  basis: Basis;
  freshnessDays: number;
  allowedUse: string;
  charset?: Charset;
  accountBy?: string[];
  /** The columns by which a row without a code names its enterprise. */
  identifyBy?: Naming;
  /** The columns under which this feed makes enterprises known: rows of other feeds are looked up there. */
  registers?: Registering;
  delivery?: Delivery;
  publicity?: Publicity;
  retention?: Retention;
  quality?: QualityRule[];
  /** Soft rules: rows that break them wait for two people instead of another delivery. */
  acceptable?: Acceptable[];
  /** Facts about persons are taken with their written consent, after a warning of what follows from it. */
  personConsent?: 'WRITTEN';
  columns: Column[];
}

/** Every feed begins with these. */
const leadingColumns: readonly { header: string; name: string; mayBeAbsent?: boolean }[] = [
  { header: '记录主键', name: 'record_key' },
  { header: '统一社会信用代码', name: 'uscc' },
  { header: '业务日期', name: 'event_date' },
  { header: '报送日期', name: 'report_date' },
  { header: '操作类型', name: 'op' },
];

/** All columns in the contract's order: a row is a list of cells in this order, whatever the order in its file. */
export const columnsOf = (contract: Contract): { header: string; name: string; mayBeAbsent?: boolean }[] => [
  ...leadingColumns,
  ...contract.columns,
];

/** What a JSON Schema cannot say: names are unique, and whatever names a field names one. Empty when all is well. */
export function contradictionsOf(contract: Contract): string[] {
  const columns = columnsOf(contract);
  const names = new Set(columns.map(({ name }) => name));
  const twice = (list: string[]) => list.filter((item, place) => list.indexOf(item) !== place);
  return [
    ...twice(columns.map(({ name }) => name)).map((name) => `the field ${name} comes twice`),
    ...twice(columns.map(({ header }) => header)).map((header) => `the header ${header} comes twice`),
    ...(contract.accountBy ?? [])
      .filter((name) => !contract.columns.some((column) => column.name === name))
      .map((name) => `accountBy names ${name}, which is no column`),
    ...fieldsNamed(contract)
      .filter(({ name }) => !names.has(name))
      .map(({ name, by }) => `${by} names ${name}, which is no column`),
    ...contract.columns
      .filter(({ required, mayBeAbsent }) => required === true && mayBeAbsent === true)
      .map(({ name }) => `${name} is required and may be absent`),
    ...layoutContradictions(contract),
  ];
}

interface NamedField {
  by: string;
  name: string;
}

const named = (by: string, list: readonly (string | undefined)[] = []): NamedField[] =>
  list.filter((name) => name !== undefined).map((name) => ({ by, name }));

function fieldsNamed(contract: Contract): NamedField[] {
  const { publicity, retention, quality, identifyBy = {}, registers = {}, acceptable } = contract;
  return [
    ...named('publicity', [publicity?.until]),
    ...named('retention', [retention?.from]),
    ...named('quality', quality?.flatMap(fieldsOfRule)),
    ...named('identifyBy', Object.values(identifyBy)),
    ...named('registers', Object.values(registers)),
    ...named(
      'acceptable',
      acceptable?.map(({ field }) => field),
    ),
    ...namedByDelivery(contract.delivery),
  ];
}

function fieldsOfRule(rule: QualityRule): string[] {
  if (rule.rule === 'UNIQUE') return rule.fields;
  return rule.rule === 'ORDER' ? [rule.earlier, rule.later] : [rule.field];
}

const namedByDelivery = (delivery: Contract['delivery']): NamedField[] => [
  ...named('totals', [delivery?.totals?.count, ...(delivery?.totals?.sums ?? [])]),
  ...named(
    'fixed',
    delivery?.fixed?.columns.map(({ name }) => name),
  ),
];

/** A line of fixed width has every column once, and no two of them on one place. */
function layoutContradictions(contract: Contract): string[] {
  const layout = contract.delivery?.fixed;
  if (!layout) return [];
  const sorted = layout.columns.toSorted((a, b) => a.from - b.from);
  const missing = columnsOf(contract).filter(({ name }) => !layout.columns.some((column) => column.name === name));
  const overlapping = sorted.filter(
    ({ from }, place) => place > 0 && from < sorted[place - 1]!.from + sorted[place - 1]!.length,
  );
  return [
    ...missing.map(({ name }) => `the fixed layout lacks ${name}`),
    ...overlapping.map(({ name }) => `${name} overlaps the column before it`),
  ];
}
