// Feed files made up by rule: two years of monthly returns of each enterprise, every field checked by the contract.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

import { usccOf } from '../uscc.mjs';

const leading = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型';
/** What follows the five columns that every feed has. */
const feeds = {
  'tax.vat-return': {
    header: '所属期,销售额(元),应纳税额(元),已缴税额(元)',
    cells: (period, cents) => [period, yuan(cents), yuan(cents * 0.06), yuan(cents * 0.06)],
  },
  'social-insurance.headcount': {
    header: '月份,参保人数,应缴(元),实缴(元),欠缴月数',
    cells: (period, cents) => [period, (cents % 900) + 1, yuan(cents * 0.1), yuan(cents * 0.1), 0],
  },
};
const yuan = (cents) => (Math.floor(cents) / 100).toFixed(2);
const months = Array.from(
  { length: 24 },
  (_, at) => `${2024 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
);
const linesPerWrite = 5_000;

/**
 * Writes `rows` returns to a file; with `changed` every second one has other amounts and a later report date.
 * @param {{ path: string, feed: string, rows: number, order: 'enterprise' | 'month', changed: boolean, from?: number,
 *   stride?: number }} wish enterprises are numbered from `from` in steps of `stride`
 */
export async function writeReturns({ path, feed, rows, order, changed, from = 0, stride = 1 }) {
  const file = createWriteStream(path);
  const enterprises = Math.ceil(rows / months.length);
  const codes = Array.from({ length: enterprises }, (_, at) => usccOf(from + at * stride));
  file.write(`${leading},${feeds[feed].header}\n`);
  let text = '';
  for (let row = 0; row < rows; row += 1) {
    const [enterprise, month] =
      order === 'month'
        ? [row % enterprises, Math.floor(row / enterprises)]
        : [Math.floor(row / months.length), row % months.length];
    text += lineOf(feed, codes[enterprise], [enterprise, month], changed && (enterprise + month) % 2 === 0);
    if (row % linesPerWrite !== linesPerWrite - 1) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await finished(file);
}

function lineOf(feed, uscc, [enterprise, month], changed) {
  const period = months[month];
  const cents = ((enterprise * 7_919 + month * 104_729) % 90_000_000) + 100_000 + (changed ? 100 : 0);
  const reported = changed ? '2026-03-15' : '2026-02-15';
  const cells = feeds[feed].cells(period, cents);
  return `${period}-${uscc},${uscc},${period}-28,${reported},I,${cells.join(',')}\n`;
}
