// Rows of cells made up by a contract's columns, every fiftieth with one cell that its column does not allow.
import { dice } from '../search/city.mjs';
import { usccOf } from '../uscc.mjs';

const faultyEvery = 50;
const letters = '精密机械半导体软件材料器械智能装备';

const makers = {
  text: (roll) => Array.from({ length: 4 + roll(12) }, () => letters[roll(letters.length)]).join(''),
  code: (roll, { codes }) => codes[roll(codes.length)],
  integer: (roll, { min = 0, max = 100_000 }) => String(min + roll(Math.min(max - min, 5_000))),
  money: (roll) => `${roll(9_000_000)}.${10 + roll(90)}`,
  day: (roll) => dayOf(roll),
  month: (roll) => dayOf(roll).slice(0, 7),
};
const dayOf = (roll) =>
  `${2023 + roll(3)}-${String(1 + roll(12)).padStart(2, '0')}-${String(1 + roll(28)).padStart(2, '0')}`;

/** What every side must find: no column allows these. */
const wrong = {
  text: (_, { maxLength = 200 }) => '长'.repeat(maxLength + 1),
  code: () => '别的',
  integer: (_, { max = 100_000 }) => String(max + 1),
  money: () => '-1.00',
  day: () => '2025-02-30',
  month: () => '2025-13',
};

/** @returns {string[][]} cells in the order of the contract's columns, the five leading ones first */
export function rowsOf(contract, count) {
  const roll = dice(11);
  return Array.from({ length: count }, (_, at) => {
    const event = dayOf(roll);
    const cells = contract.columns.map((column) => makers[column.type](roll, column));
    if (at % faultyEvery === faultyEvery - 1) spoil(cells, contract.columns, roll);
    return [`${contract.feed}-${at}`, usccOf(at % 20_000), event, '2026-02-15', 'I', ...cells];
  });
}

function spoil(cells, columns, roll) {
  const place = roll(columns.length);
  cells[place] = wrong[columns[place].type](roll, columns[place]);
}
