// How rounds are run and summed up. Ratios only: both sides on the same machine, in one run, turn by turn.

/**
 * A B A B …: one round that is cut as warm-up, then as many as asked. `turn` tells the sides which round it is (0 = cut).
 * @param {{ rounds: number, ours: (turn: number) => Promise<object>, base: (turn: number) => Promise<object> }} sides
 * @returns {Promise<{ ours: object[], base: object[] }>} what the sides gave, round by round
 */
export async function interleave({ rounds, ours, base }) {
  const seen = { ours: [], base: [] };
  for (let turn = 0; turn <= rounds; turn += 1) {
    const pair = [await ours(turn), await base(turn)];
    console.log(`${turn === 0 ? 'warm-up' : `round ${turn}`}  ours ${brief(pair[0])}  base ${brief(pair[1])}`);
    if (turn === 0) continue;
    seen.ours.push(pair[0]);
    seen.base.push(pair[1]);
  }
  return seen;
}

const brief = (figures) =>
  Object.entries(figures)
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => `${name} ${round(value)}`)
    .join(', ');

/** @param {number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Ours over base, round by round: the median and the worst round. */
export function ratioOf(ours, base, better = 'more') {
  const ratios = ours.map((value, at) => value / base[at]);
  return { median: round(median(ratios)), worst: round(worstOf(ratios, better)) };
}

export const worstOf = (values, better) => (better === 'less' ? Math.max(...values) : Math.min(...values));

/** Three digits that count, whatever the size; more would pretend to a precision that two shared cores do not have. */
export function round(value) {
  if (!Number.isFinite(value)) return null;
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** One line of a result beside its first: what was measured on both sides, with their ratio. */
export function comparison(what, unit, [ours, base], better = 'more') {
  return {
    what,
    ours: { unit, rounds: ours.map(round) },
    base: { unit, rounds: base.map(round) },
    ratio: ratioOf(ours, base, better),
  };
}

/** One line of a result that has no other side. */
export const figure = (what, unit, values) => ({ what, ours: { unit, rounds: values.map(round) } });

export const pluck = (rows, name) => rows.map((row) => row[name]);
