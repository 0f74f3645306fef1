import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

import { addBanks, onGround, signer } from './ground.mjs';
import { interleave, pluck, ratioOf, round } from './measure.mjs';
import { startChild } from './processes.mjs';
import { fill, openIndex, wordsOf, percentile, timed } from './search/city.mjs';

export const bench = {
  what: 'search overhead: the whole way through HTTP, over the bare query',
  floor: 3,
  stretch: 2,
  better: 'less',
  async run({ quick, rounds = quick ? 1 : 5, rows = quick ? 20_000 : 650_000 }) {
    return onGround(async ({ owner, settings, versions }) => {
      const { db, index } = await openIndex();
      const city = await fill(db, index, owner, rows);
      const server = await startChild('search/profiling-server.mjs', settings);
      const ask = asker(server.value.url, await aToken(owner));
      const raw = await bareQuery(db);
      const seen = await interleave({
        rounds,
        ours: async (turn) => ({ p50: percentile(await timed(wordsOf(city, 300, turn + 1), ask), 0.5) }),
        base: async (turn) => ({ p50: percentile(await timed(wordsOf(city, 300, turn + 1), raw), 0.5) }),
      });
      await server.stop();
      await db.destroy();
      const [ours, base] = [pluck(seen.ours, 'p50'), pluck(seen.base, 'p50')];
      return {
        ours: { unit: 'ms p50', rounds: ours.map(round) },
        base: { what: 'the same SQL through the driver alone', unit: 'ms p50', rounds: base.map(round) },
        ratio: ratioOf(ours, base, 'less'),
        settings: { names: rows, page: 20 },
        versions,
      };
    });
  },
};

/** The statement that the index itself would send. */
async function bareQuery(db) {
  const { fewStatement, stagesOf } = await import('../dist/libs/search/src/index.js');
  return (text) => {
    const [stage] = stagesOf(text);
    const { sql, values } = fewStatement({ stage, facets: [], after: undefined, limit: 21 });
    return db.query(sql, values);
  };
}

function asker(url, token) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (text) =>
    new Promise((done, fail) => {
      const path = `${url}/api/profiling/enterprises?q=${encodeURIComponent(text)}`;
      request(path, { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
        answer.resume().on('end', () => (answer.statusCode === 200 ? done() : fail(new Error(`${answer.statusCode}`))));
      })
        .on('error', fail)
        .end();
    });
}

async function aToken(owner) {
  const manager = { personId: randomUUID(), sessionId: randomUUID() };
  const bank = { id: randomUUID(), code: 'BENCH', managers: [manager] };
  const sign = await signer(owner);
  await addBanks(owner, [bank]);
  return sign({ ...manager, organisationId: bank.id });
}
