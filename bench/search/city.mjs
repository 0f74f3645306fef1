// A city of made-up names in the search index of profiling, and what people type to find them. The same in every run.

export function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const places = ['苏州', '苏州工业园区', '昆山', '常熟', '张家港', '太仓', '吴江', '吴中', '相城', '江苏'];
/** Some 3,500 characters are in use in names of firms. */
const letters = Array.from({ length: 3_500 }, (_, at) => String.fromCodePoint(0x4e00 + at * 5));
const fields = [
  '半导体',
  '生物医药',
  '软件',
  '新材料',
  '智能装备',
  '机器人',
  '新能源',
  '医疗器械',
  '精密机械',
  '信息技术',
];
const endings = ['有限公司', '科技有限公司', '股份有限公司', '（苏州）有限公司'];

/** Words that make a firm its own: some letters are in many names, most in few. */
const rank = (roll) => Math.min(roll(letters.length), roll(letters.length), roll(letters.length));

export function aName(roll) {
  const one = (list) => list[roll(list.length)];
  const word = Array.from({ length: 2 + roll(2) }, () => letters[rank(roll)]).join('');
  return one(places) + word + one(fields) + one(endings);
}

export function aCity(size) {
  const roll = dice(7);
  return Array.from({ length: size }, (_, index) => ({
    id: `9132${String(100_000 + (index % 900_000))}MA${String(index).padStart(6, '0')}`,
    names: [aName(roll)],
    facets: [`tier:T${1 + (index % 5)}`, 'district:320505'],
    shown: { district: '320505', industry: 'C3911', tier: 'T3', titles: [], status: '存续' },
  }));
}

const indexes = ['search_document_grams', 'search_document_order', 'search_document_code'];

/** Puts the city into an index whose tables are empty: rows first, then what finds them, as a restore would. */
export async function fill(db, index, owner, size) {
  const { rows } = await owner.query('select indexdef from pg_indexes where schemaname = $1 and indexname = any($2)', [
    'profiling',
    indexes,
  ]);
  for (const name of indexes) await owner.query(`drop index profiling.${name}`);
  const city = aCity(size);
  for (let at = 0; at < size; at += 2_000) await db.transaction((tx) => index.index(city.slice(at, at + 2_000), tx));
  for (const { indexdef } of rows) await owner.query(indexdef);
  await owner.query('create table if not exists public.plain_name as select id, name from profiling.search_document');
  await owner.query('vacuum analyze profiling.search_document, public.plain_name');
  return city;
}

/** The first two characters of the word that makes a firm its own, which is what people look for. */
export function wordsOf(city, count, seed) {
  const roll = dice(seed);
  return Array.from({ length: count }, () => {
    const name = city[roll(city.length)].names[0];
    const place = places.findLast((one) => name.startsWith(one));
    return Array.from(name.slice((name.startsWith('苏州工业园区') ? '苏州工业园区' : place).length))
      .slice(0, 2)
      .join('');
  });
}

/** Two neighbouring characters of a name, anywhere in it. */
export function pairsOf(city, count, seed) {
  const roll = dice(seed);
  return Array.from({ length: count }, () => {
    const name = Array.from(city[roll(city.length)].names[0].replaceAll(/[（）]/g, ''));
    const at = roll(name.length - 1);
    return name.slice(at, at + 2).join('');
  });
}

/** A name without its ending and with one wrong character, and whose it is. */
export function slipsOf(city, count, seed) {
  const roll = dice(seed);
  return Array.from({ length: count }, () => {
    const { id, names } = city[roll(city.length)];
    const name = Array.from(names[0].replaceAll(/[（）]/g, '')).slice(0, -4);
    name[roll(name.length)] = letters[rank(roll)];
    return { id, text: name.join('') };
  });
}

export const percentile = (values, share) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];

/** Milliseconds of each piece of work, one after the other. */
export async function timed(list, work) {
  const times = [];
  for (const one of list) {
    const begun = performance.now();
    await work(one);
    times.push(performance.now() - begun);
  }
  return times;
}

/** The search index of profiling, on PostgreSQL, or on Elasticsearch when ELASTICSEARCH_URL says where one is. */
export async function openIndex() {
  const { databaseOptions } = await import('../../dist/libs/database/src/index.js');
  const { PostgresSearchIndex } = await import('../../dist/libs/search/src/index.js');
  const { DataSource } = await import('typeorm');
  const db = await new DataSource(databaseOptions({ service: 'profiling', entities: [], migrations: [] })).initialize();
  return { db, index: new PostgresSearchIndex(db) };
}
