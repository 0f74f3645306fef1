import { addDays, day } from '@app/kernel';

import type { City } from './city.js';
import { leading } from './feed-columns.js';
import type { Random } from './random.js';
import type { Delivery, Row } from './row.js';
import { vatDeliveries } from './tax-rows.js';

/**
 * The tax bureau corrects what it has already served: figures of the last month, and two returns withdrawn. Made
 * from the clean journal, for keys that the journal's own corrections of that month do not touch any more.
 */
export function taxCorrections(city: City, random: Random): Delivery {
  const { months, today } = city.calendar;
  // Corrections in the journal are about the month before each delivery, so the last month has none yet.
  const month = months.at(-1);
  const asOf = addDays(today, -1);
  const returns = Array.from(vatDeliveries(city)).find((delivery) => delivery.part === month)?.rows ?? [];
  const count = Math.min(40, Math.floor(returns.length / 10));
  const rows = random
    .shuffle([...returns])
    .slice(0, count)
    .flatMap((row, index) => correction(row, index, today));
  return { part: 'corrections', asOf, rows };
}

function correction(row: Row, index: number, today: string): Row[] {
  const report = row.cells[leading.report] ?? '';
  if (report >= today) return [];
  const stamped = row.cells.with(leading.report, day(today));
  if (index < 2) return [{ cells: stamped.with(leading.op, 'D'), outcome: 'accepted' }];
  const sales = Number(row.cells[6] ?? '0');
  const cells = stamped.with(leading.op, 'U').with(6, (sales * 1.02 + 10).toFixed(2));
  return [{ cells, outcome: 'accepted' }];
}
