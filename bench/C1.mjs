import { comparison, figure, interleave, pluck, ratioOf, round } from './measure.mjs';
import { startChild } from './processes.mjs';

/** Amounts; codes, whole numbers and a day; texts, codes and days. */
const feeds = ['tax.vat-return', 'finance.loan', 'ip.right'];
const faultyShare = 0.02;

export const bench = {
  what: 'contract checks: rows of three feeds checked, a second of one core, over Ajv and the making of the record',
  floor: 1,
  stretch: 1.5,
  async run({ quick, rounds = quick ? 1 : 5, seconds = quick ? 1 : 4, rows = quick ? 5_000 : 40_000 }) {
    const sides = {};
    for (const side of ['ours', 'ajv-record', 'ajv', 'class-validator']) {
      sides[side] = await startChild('contract/worker.mjs');
      await sides[side].call('fill', { feeds, rows });
    }
    const check = (side) => sides[side].call('check', { side, seconds });
    const seen = await interleave({
      rounds,
      ours: () => check('ours'),
      base: async () => {
        const [record, ajv, classes] = [await check('ajv-record'), await check('ajv'), await check('class-validator')];
        return {
          ...record,
          ajv: ajv.rate,
          classes: classes.rate,
          others: [record, ajv, classes].map(({ faulty }) => faulty),
        };
      },
    });
    await Promise.all(Object.values(sides).map((side) => side.stop()));
    expectSame(seen, rows * feeds.length);
    return { ...summed(seen), settings: { feeds: feeds.join(', '), 'rows a feed': rows }, versions: {} };
  },
};

/** A side that overlooks a fault, or sees one more, is no comparison. */
function expectSame({ ours, base }, rows) {
  const expected = Math.round(rows * faultyShare);
  for (const [at, { faulty }] of ours.entries())
    for (const other of [faulty, ...base[at].others])
      if (other.length !== expected || other.join() !== faulty.join())
        throw new Error(`${faulty.length}, ${base[at].others.map((list) => list.length)} faulty rows of ${expected}`);
}

function summed({ ours, base }) {
  const unit = 'rows/s of a core';
  const rates = pluck(ours, 'rate');
  return {
    ours: { unit, rounds: rates.map(round) },
    base: { what: 'Ajv, then the record of what was right', unit, rounds: pluck(base, 'rate').map(round) },
    ratio: ratioOf(rates, pluck(base, 'rate')),
    also: [
      comparison('over Ajv alone, without a record', unit, [rates, pluck(base, 'ajv')]),
      comparison('over class-validator with class-transformer, without a record', unit, [
        rates,
        pluck(base, 'classes'),
      ]),
      figure('rows with a fault, found by all', 'share', [faultyShare]),
    ],
  };
}
