import type { Column, Contract } from './contract.rules.js';

export interface ContractChange {
  /** ADDITIVE: whoever delivers and reads as before goes on. BREAKING: it takes a new version. */
  kind: 'ADDITIVE' | 'BREAKING' | 'NEUTRAL';
  /** Field, or the part of the contract. */
  path: string;
  zh: string;
  en: string;
}

type Kind = ContractChange['kind'];

/** Everything that differs between two states of a contract, and what each difference means for those who deliver. */
export function compareContracts(before: Contract, after: Contract): ContractChange[] {
  return [...wholeChanges(before, after), ...columnChanges(before, after)];
}

export const isBreaking = (changes: readonly ContractChange[]): boolean =>
  changes.some(({ kind }) => kind === 'BREAKING');

/** Parts of a contract beside its columns: what a change of each means. */
const parts: [keyof Contract, Kind, string, string][] = [
  ['title', 'NEUTRAL', '名称变化', 'the title changed'],
  ['sourceName', 'NEUTRAL', '来源名称变化', 'the name of the source changed'],
  ['freshnessDays', 'NEUTRAL', '更新时限变化', 'the promise of freshness changed'],
  ['quality', 'NEUTRAL', '质量规则变化', 'the rules of quality changed'],
  ['acceptable', 'NEUTRAL', '可人工接收的问题变化', 'the faults with which people may take a row changed'],
  ['effectiveFrom', 'NEUTRAL', '生效日期变化', 'the day from which it holds changed'],
  [
    'basis',
    'BREAKING',
    '采集依据变化：已有授权不再适用',
    'the collection basis changed: consents given so far do not cover it',
  ],
  [
    'allowedUse',
    'BREAKING',
    '允许用途变化：已报送的数据仍按原用途',
    'the allowed use changed: what was delivered keeps the old one',
  ],
  ['publicity', 'BREAKING', '公开类型变化', 'the publicity changed'],
  ['retention', 'BREAKING', '保存期限变化', 'the retention changed'],
  ['personConsent', 'BREAKING', '个人同意要求变化', 'what persons must consent to changed'],
  ['accountBy', 'BREAKING', '户号字段变化：已有映射失效', 'the account columns changed: mappings no longer fit'],
  ['identifyBy', 'NEUTRAL', '无代码行的识别字段变化', 'the columns that name an enterprise without a code changed'],
  ['registers', 'NEUTRAL', '登记字段变化', 'the columns under which enterprises are known changed'],
  ['charset', 'BREAKING', '约定编码变化', 'the agreed encoding changed'],
];

function wholeChanges(before: Contract, after: Contract): ContractChange[] {
  const changes = parts
    .filter(([part]) => !isSame(before[part], after[part]))
    .map(([part, kind, zh, en]) => ({ kind, path: part as string, zh, en }));
  const gone = before.sources.filter((source) => !after.sources.includes(source));
  if (gone.length > 0)
    changes.push({
      kind: 'BREAKING',
      path: 'sources',
      zh: `${gone.join('、')} 不再可以报送`,
      en: `${gone.join(', ')} may no longer deliver`,
    });
  else if (!isSame(before.sources, after.sources))
    changes.push({ kind: 'ADDITIVE', path: 'sources', zh: '增加报送单位', en: 'more sources may deliver' });
  return [...changes, ...formChanges(before, after)];
}

/** A form that was left open and is agreed now takes nothing away, as long as the agreement was not another one. */
function formChanges({ delivery: before = {} }: Contract, { delivery: after = {} }: Contract): ContractChange[] {
  return (['xlsx', 'xml', 'fixed', 'zip', 'totals'] as const)
    .filter((form) => !isSame(before[form], after[form]))
    .map((form) => {
      const opened = form === 'fixed' || (form === 'zip' && after.zip?.members === 'SEVERAL');
      const kind = before[form] === undefined && opened ? 'ADDITIVE' : 'BREAKING';
      return { kind, path: `delivery.${form}`, zh: `${form} 的约定变化`, en: `what is agreed for ${form} changed` };
    });
}

function columnChanges(before: Contract, after: Contract): ContractChange[] {
  const old = new Map(before.columns.map((column) => [column.name, column]));
  const fresh = new Map(after.columns.map((column) => [column.name, column]));
  const gone = before.columns
    .filter(({ name }) => !fresh.has(name))
    .map(({ name, header }) => change('BREAKING', name, `删除列“${header}”`, `the column ${header} is gone`));
  const added = after.columns.filter(({ name }) => !old.has(name)).map(addedColumn);
  const changed = after.columns.flatMap((column) => {
    const one = old.get(column.name);
    return one ? changesOfColumn(one, column) : [];
  });
  return [...gone, ...added, ...changed];
}

const change = (kind: Kind, path: string, zh: string, en: string): ContractChange => ({ kind, path, zh, en });

/** A file of today has no such column: only one that may be absent leaves it valid. */
const addedColumn = ({ name, header, mayBeAbsent }: Column): ContractChange =>
  mayBeAbsent === true
    ? change('ADDITIVE', name, `新增可缺省列“${header}”`, `the column ${header} is new and may be absent`)
    : change(
        'BREAKING',
        name,
        `新增列“${header}”：现有文件没有该列（可设 mayBeAbsent）`,
        `the column ${header} is new: files of today lack it (mayBeAbsent lets them)`,
      );

function changesOfColumn(before: Column, after: Column): ContractChange[] {
  const { name } = after;
  const changes = (['header', 'type', 'unit', 'separator', 'subject', 'measure'] as const)
    .filter((part) => !isSame(before[part], after[part]))
    .map((part) => change('BREAKING', name, `${part} 变化`, `its ${part} changed`));
  for (const [part, onIs, zh, en] of flags) {
    if (flag(before[part]) === flag(after[part])) continue;
    const kind = flag(after[part]) === (onIs === 'STRICTER') ? 'BREAKING' : 'ADDITIVE';
    changes.push(change(kind, name, zh, en));
  }
  for (const [kind, zh, en] of boundChanges(before, after)) changes.push(change(kind, name, zh, en));
  if (!isSame(before.level, after.level)) changes.push(change('NEUTRAL', name, '保护级别变化', 'its class changed'));
  return changes;
}

/** What it means when a mark is set: more rows are refused, or fewer. */
const flags: ['required' | 'mayBeAbsent' | 'negative', 'STRICTER' | 'MILDER', string, string][] = [
  ['required', 'STRICTER', '必填要求变化', 'whether it is required changed'],
  ['mayBeAbsent', 'MILDER', '可缺省要求变化', 'whether it may be absent changed'],
  ['negative', 'MILDER', '是否允许负数变化', 'whether it may be negative changed'],
];

const flag = (value: boolean | undefined): boolean => value === true;

type BoundChange = [Kind, string, string];

/** Wider bounds let in what was refused; narrower ones refuse what was let in. */
function boundChanges(before: Column, after: Column): BoundChange[] {
  const verdict = (narrower: boolean, wider: boolean, zh: string, en: string): BoundChange[] => {
    if (narrower) return [['BREAKING', `${zh}收窄`, `${en} is narrower`]];
    return wider ? [['ADDITIVE', `${zh}放宽`, `${en} is wider`]] : [];
  };
  const upper = (name: 'max' | 'maxLength') => {
    const unset = name === 'max' ? Infinity : 200;
    const [old, fresh] = [before[name] ?? unset, after[name] ?? unset];
    return verdict(fresh < old, fresh > old, name === 'max' ? '上限' : '长度', name);
  };
  const [oldMin, newMin] = [before.min ?? -Infinity, after.min ?? -Infinity];
  const patternChanged = before.pattern !== after.pattern;
  return [
    ...upper('max'),
    ...upper('maxLength'),
    ...verdict(newMin > oldMin, newMin < oldMin, '下限', 'min'),
    ...verdict(patternChanged && after.pattern !== undefined, patternChanged, '格式', 'the pattern'),
    ...codeChanges(before, after),
  ];
}

/** Codes by the day from which they hold: one that is gone, or was moved, refuses rows that passed. */
function codeChanges(before: Column, after: Column): BoundChange[] {
  const [old, fresh] = [datedCodes(before), datedCodes(after)];
  const gone = [...old].filter((code) => !fresh.has(code));
  if (gone.length > 0) return [['BREAKING', `删除代码 ${gone.join('、')}`, `the codes ${gone.join(', ')} are gone`]];
  return fresh.size > old.size ? [['ADDITIVE', '增加代码', 'there are more codes']] : [];
}

const datedCodes = ({ codes = [], codeLists = [] }: Column): Set<string> =>
  new Set([
    ...codes,
    ...codeLists.flatMap(({ from = '', codes: list }) => list.map((code) => `${from} ${code}`.trim())),
  ]);

/** Order of keys means nothing, order of lists does. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** JSON with sorted keys: equal contracts are equal texts, wherever they were kept in between. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
