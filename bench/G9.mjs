import { onGround } from './ground.mjs';
import { figure } from './measure.mjs';
import { fill, openIndex, pairsOf, slipsOf } from './search/city.mjs';

/** Every name looked at is slow: a question a thousandth of a second per thousand names. */
const questionsAsked = 200;

export const bench = {
  what: 'search quality: of the first twenty that an exact look at every name gives, how many are found',
  floor: 1,
  stretch: 1,
  async run({ quick, rounds = quick ? 1 : 5, rows = quick ? 20_000 : 650_000 }) {
    return onGround(async ({ owner, versions }) => {
      const { db, index } = await openIndex();
      const city = await fill(db, index, owner, rows);
      const look = await looker(city);
      const found = [];
      const forgiven = [];
      for (let turn = 1; turn <= rounds; turn += 1) {
        found.push(await recall(index, look, pairsOf(city, questionsAsked, turn)));
        forgiven.push(await forgiveness(index, slipsOf(city, questionsAsked, turn)));
        console.log(`round ${turn}  recall ${found.at(-1)}, with one wrong character ${forgiven.at(-1)}`);
      }
      await db.destroy();
      return {
        ours: { unit: 'of 1', rounds: found },
        also: [figure('with one wrong character (floor 0.96)', 'of 1', forgiven)],
        settings: { names: rows, questions: questionsAsked },
        versions,
      };
    });
  },
};

/** The first twenty by a look at every name, in the order of the index. */
async function looker(city) {
  const { comparable } = await import('../dist/libs/search/src/index.js');
  const { sortKeyOf } = await import('../dist/libs/search/src/search-text.js');
  const order = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  const all = city
    .map(({ id, names: [name] }) => ({ id, text: comparable(name), sort: sortKeyOf(name) }))
    .toSorted((a, b) => order(a.sort, b.sort) || order(a.id, b.id));
  return (asked) => all.filter(({ text }) => text.includes(comparable(asked))).slice(0, 20);
}

async function recall(index, look, questions) {
  let [found, wanted] = [0, 0];
  for (const text of questions) {
    const { hits } = await index.search({ text, facets: [], limit: 20 });
    const given = new Set(hits.map(({ id }) => id));
    const right = look(text);
    wanted += right.length;
    found += right.filter(({ id }) => given.has(id)).length;
  }
  return found / wanted;
}

async function forgiveness(index, slips) {
  let found = 0;
  for (const { id, text } of slips) {
    const { hits } = await index.search({ text, facets: [], limit: 20 });
    found += Number(hits.some((hit) => hit.id === id));
  }
  return found / slips.length;
}
