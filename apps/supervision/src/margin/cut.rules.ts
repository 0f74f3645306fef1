/** What an act can be told apart by besides its day, in the order in which a cell names it, with the column of a fact. */
const columns = {
  district: 'district',
  industry: 'industry2',
  tier: 'tier',
  institution: 'institution',
  reason: 'detail',
} as const;
export type CutDimension = keyof typeof columns;
const inOrder = Object.keys(columns) as CutDimension[];

/**
 * The cuts that are kept by month. Left out are those that are hardly fewer than the acts themselves: three dimensions,
 * and industry by institution. Their figures are counted in the facts when somebody asks.
 */
const kept: readonly (readonly CutDimension[])[] = [
  [],
  ['district'],
  ['industry'],
  ['tier'],
  ['institution'],
  ['reason'],
  ['district', 'industry'],
  ['district', 'tier'],
  ['district', 'institution'],
  ['industry', 'tier'],
  ['tier', 'institution'],
];

/** Of the whole city by day; its cell is the month, within which an enterprise is told from itself. */
export const dayCut = 'day';

export const inCutOrder = (along: readonly CutDimension[]): CutDimension[] =>
  inOrder.filter((dimension) => along.includes(dimension));

const nameOf = (along: readonly CutDimension[]): string => ['month', ...inCutOrder(along)].join(' ');
const keptNames: ReadonlySet<string> = new Set(kept.map(nameOf));

/** The kept cut by month along these dimensions, in any order; undefined where none is. */
export function monthCut(along: readonly CutDimension[]): string | undefined {
  const name = nameOf(along);
  return keptNames.has(name) ? name : undefined;
}

const [ofTheCity, ofNoBank] = [
  `('AUTHORISATION_SIGNED', 'AUTHORISATION_REVOKED')`,
  `('NEED', 'AUTHORISATION_SIGNED', 'AUTHORISATION_REVOKED')`,
];

/** Acts that the cut says something about: nothing is frozen on an authorisation, and a need is no bank's act. */
function appliesSql(along: readonly CutDimension[]): string {
  if (along.length === 0) return 'true';
  if (along.includes('reason')) return `kind = 'DECLINE'`;
  return `kind not in ${along.includes('institution') ? ofNoBank : ofTheCity}`;
}

const monthSql = '(day - extract(day from day)::integer + 1)';
const cellSql = (along: readonly CutDimension[]): string =>
  `array[${along.map((dimension) => columns[dimension]).join(', ')}]::text[]`;

const places: readonly { name: string; row: string }[] = [
  { name: dayCut, row: `('${dayCut}', true, day, array[to_char(day, 'YYYY-MM')])` },
  ...kept.map((along) => ({
    name: nameOf(along),
    row: `('${nameOf(along)}', ${appliesSql(along)}, ${monthSql}, ${cellSql(along)})`,
  })),
];

/** All cuts that are kept. */
export const cutNames: readonly string[] = places.map(({ name }) => name);

/** Each row of a relation once for every one of the cuts that it stands in, with the cut's name, step of time and cell. */
export const inCutsSql = (relation: string, cuts: readonly string[]): string => `
  (select * from ${relation} acts cross join lateral (values ${places
    .filter(({ name }) => cuts.includes(name))
    .map(({ row }) => row)
    .join(', ')}) as place (cut, applies, step, cell)
   where place.applies)`;

/** The value that a kept cell has in a dimension, as text; '' where its cut does not tell it apart. */
export const valueSql = (dimension: CutDimension): string => {
  const cuts = kept.filter((along) => along.includes(dimension));
  const cases = cuts.map((along) => `when '${nameOf(along)}' then cell[${along.indexOf(dimension) + 1}]`);
  return `case cut ${cases.join(' ')} else '' end`;
};
