// Which bank grabs which need: every number names another pair, so that no grab is refused, and neighbours in time share
// neither need nor bank.
export const needs = 100_000;
export const banks = 20;
const stride = 7_919; // has no divisor in common with the number of needs: walks through all of them

/** Two to ten account managers a bank, 114 in all. */
export const managersOf = (bank) => 2 + (bank % 9);
export const pairsThere = needs * banks;

/** The n-th grab. The base asks PostgreSQL the same sum (see base.mjs). */
export function pairOf(number) {
  if (number >= pairsThere) throw new Error('no pair of need and bank is left: fewer rounds or seconds, please');
  const need = (number * stride) % needs;
  const bank = (need + Math.floor(number / needs)) % banks;
  return { need, bank, manager: number % managersOf(bank) };
}

/** Ids by number, readable in a debugger; `bench.id` makes the same in SQL. */
export const idOf = (kind, number) => `0000000${kind}-0000-7000-8000-${String(number).padStart(12, '0')}`;
export const kinds = { need: 1, bank: 2, manager: 3, session: 4 };
export const managerNumber = (bank, manager) => bank * 16 + manager;

export const intendedFen = '1000000';
