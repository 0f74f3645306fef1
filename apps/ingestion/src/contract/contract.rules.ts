export type Basis = 'PUBLIC' | 'DUTY' | 'AUTHORISED';
export type FileForm = 'CSV' | 'NDJSON';
export type Charset = 'utf-8' | 'gb18030';

interface CodeList {
  from?: string;
  source: string;
  codes: string[];
}

/** One further column of a feed, after the five that all feeds begin with. */
export interface Column {
  header: string;
  name: string;
  type: 'text' | 'list' | 'code' | 'integer' | 'decimal' | 'money' | 'day' | 'month' | 'year';
  required?: boolean;
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
  columns: Column[];
}

/** Every feed begins with these. */
const leadingColumns = [
  { header: '记录主键', name: 'record_key' },
  { header: '统一社会信用代码', name: 'uscc' },
  { header: '业务日期', name: 'event_date' },
  { header: '报送日期', name: 'report_date' },
  { header: '操作类型', name: 'op' },
] as const;

/** All columns in the contract's order: a row is a list of cells in this order, whatever the order in its file. */
export const columnsOf = (contract: Contract): { header: string; name: string }[] => [
  ...leadingColumns,
  ...contract.columns,
];

/** What a JSON Schema cannot say: names and headers are unique, accounts name real columns. Empty when all is well. */
export function contradictionsOf(contract: Contract): string[] {
  const columns = columnsOf(contract);
  const twice = (list: string[]) => list.filter((item, place) => list.indexOf(item) !== place);
  return [
    ...twice(columns.map(({ name }) => name)).map((name) => `the field ${name} comes twice`),
    ...twice(columns.map(({ header }) => header)).map((header) => `the header ${header} comes twice`),
    ...(contract.accountBy ?? [])
      .filter((name) => !contract.columns.some((column) => column.name === name))
      .map((name) => `accountBy names ${name}, which is no column`),
  ];
}
