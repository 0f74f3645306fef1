import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

/** A column as the contract of its feed says it. */
export interface Column {
  header: string;
  name: string;
  type: 'text' | 'list' | 'code' | 'integer' | 'decimal' | 'money' | 'day' | 'month' | 'year';
  required?: boolean;
  mayBeAbsent?: boolean;
  unit?: 'yuan' | 'wan';
  negative?: boolean;
  maxLength?: number;
  pattern?: string;
  separator?: string;
  min?: number;
  max?: number;
  codes?: string[];
  codeLists?: { from?: string; codes: string[] }[];
}

export interface FixedLayout {
  unit: 'bytes' | 'characters';
  charset?: 'utf-8' | 'gb18030';
  columns: { name: string; from: number; length: number }[];
}

export interface Feed {
  feed: string;
  effectiveFrom: string;
  sources: string[];
  columns: Column[];
  accountBy?: string[];
  identifyBy?: Record<string, string>;
  delivery?: {
    xlsx?: { sheet: string };
    xml?: { row: string };
    fixed?: FixedLayout;
    zip?: { members: 'ONE' | 'SEVERAL' };
    totals?: { marker: string; count: string; sums?: string[] };
  };
}

export interface Source {
  code: string;
  name: string;
}

/** Every feed begins with these. */
const leading: readonly Column[] = [
  { header: '记录主键', name: 'record_key', type: 'text', required: true },
  { header: '统一社会信用代码', name: 'uscc', type: 'text' },
  { header: '业务日期', name: 'event_date', type: 'day', required: true },
  { header: '报送日期', name: 'report_date', type: 'day', required: true },
  { header: '操作类型', name: 'op', type: 'text', required: true },
];

/** Places of the leading columns in a row. */
export const place = { key: 0, uscc: 1, event: 2, report: 3, op: 4, further: 5 } as const;

export const columnsOf = (feed: Feed): Column[] => [...leading, ...feed.columns];

export interface Catalogue {
  sources: Source[];
  feeds: Feed[];
}

/** Sources and the contracts in force on a day, as they lie in the folder that the platform reads, too. */
export function readCatalogue(folder: string, today: string): Catalogue {
  const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'));
  const { sources } = read('catalogue/sources.yaml') as { sources: Source[] };
  const feeds = new Map<string, Feed>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
    const feed = read(name) as Feed;
    const known = feeds.get(feed.feed);
    if (feed.effectiveFrom > today || (known && known.effectiveFrom > feed.effectiveFrom)) continue;
    feeds.set(feed.feed, feed);
  }
  return { sources, feeds: [...feeds.values()].toSorted((a, b) => (a.feed < b.feed ? -1 : 1)) };
}
