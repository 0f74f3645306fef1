import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import { type LocalElasticsearch, startElasticsearch } from '../../../../infra/local/elasticsearch.mjs';
import type { StoredDocument } from '../../src/elasticsearch-engine.js';
import { SearchIndex, type SearchAnswer, type SearchDocument, type SearchQuery } from '../../src/index.js';
import { aCity } from '../a-city.js';
import { KnownDocuments, openGround, type SearchGround } from '../following-ground.js';
import { aDocument, searchIndexSuite } from '../search-suite.js';

let server: LocalElasticsearch;
const anIndex = (): string => `t-${randomUUID().slice(0, 8)}`;
const dataDir = `/var/tmp/xinqiao-search-${process.pid}`;

beforeAll(async () => {
  server = await startElasticsearch({ dataDir, heap: '512m' });
}, 900_000);
afterAll(async () => {
  await server.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The suite must not be passed by PostgreSQL standing in. */
class OnlyElasticsearch extends SearchIndex {
  constructor(private readonly inner: SearchIndex) {
    super();
  }
  index: SearchIndex['index'] = (documents, tx) => this.inner.index(documents, tx);
  remove: SearchIndex['remove'] = (ids, tx) => this.inner.remove(ids, tx);

  async search(query: SearchQuery): Promise<SearchAnswer> {
    return eventually(() => this.inner.search(query));
  }
}

/** On a crowded machine Elasticsearch may take longer than a person waits, and PostgreSQL answers once or twice. */
async function eventually(ask: () => Promise<SearchAnswer>): Promise<SearchAnswer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask();
    if (!answer.degraded || tries === 20) {
      expect(answer).toMatchObject({ servedBy: 'elasticsearch', degraded: false });
      return answer;
    }
    await pause(2_100);
  }
}

searchIndexSuite('Elasticsearch', async () => {
  const ground = await openGround({ url: server.url, index: anIndex() });
  await ground.settle();
  return { ...ground, index: new OnlyElasticsearch(ground.index) };
});

describe('Elasticsearch that follows PostgreSQL', () => {
  let ground: SearchGround;
  const documents = new KnownDocuments();
  const alias = anIndex();
  beforeAll(async () => {
    ground = await openGround({ url: server.url, index: alias }, documents);
  });
  afterAll(() => ground.close());

  const knowing = (...list: SearchDocument[]): void => {
    documents.known = new Map(list.map((document) => [document.id, document]));
  };
  const find = async (text: string): Promise<SearchAnswer> => ground.index.search({ text, facets: [], limit: 20 });
  const ids = async (text: string): Promise<string[]> => (await find(text)).hits.map(({ id }) => id);
  const acts = async (): Promise<string[]> => (await ground.ledger.log(100, null)).map(({ act }) => act).toReversed();
  const indexes = async (): Promise<string[]> =>
    Object.keys((await (await fetch(`${server.url}/${alias}-*`)).json()) as object);

  it('is stood in for, visibly, until its first index is built, and then answers', async () => {
    knowing(aDocument('A1', '苏州光舟半导体有限公司'), aDocument('A2', '昆山智造有限公司'));
    expect(await find('光舟')).toMatchObject({ hits: [], servedBy: 'postgresql', degraded: true });
    await ground.settle();
    await pause(2_100);
    expect(await eventually(() => find('光舟'))).toMatchObject({ hits: [{ id: 'A1' }] });
    expect((await acts()).slice(0, 4)).toEqual(['BUILD_STARTED', 'BUILD_DONE', 'BUILD_STARTED', 'BUILD_DONE']);
  });

  it('never lets an old state in after a new one', async () => {
    const [stored]: StoredDocument[] = await ground.source.query(
      `select *, hashtext(id) & 255 as bucket from search_document where id = 'A1'`,
    );
    await ground.transaction((tx) => ground.index.index([aDocument('A1', '苏州远山半导体有限公司')], tx));
    const live = (await ground.engine!.live())!;
    await ground.engine!.send(live, [{ id: 'A1', version: stored!.version, document: stored }]);
    await ground.engine!.refresh();
    expect([await ids('光舟'), await ids('远山')]).toEqual([[], ['A1']]);
  });

  it('is built beside and swapped, with one index left, while changes go on', async () => {
    knowing(...aCity(3_000), aDocument('A3', '太仓故乡有限公司'));
    const [before] = await indexes();
    await ground.source.transaction((tx) => ground.upkeep.rebuild(tx, 'a test', 'operator'));
    await ground.upkeep.run();
    const changed = aDocument('A3', '太仓远方有限公司');
    knowing(...aCity(3_000), changed);
    await ground.transaction((tx) => ground.index.index([changed], tx));
    const after = await indexes();
    expect(after).toHaveLength(1);
    expect(after).not.toContain(before);
    expect([await ids('太仓故乡'), await ids('太仓远方'), await ids('智造有限')]).toEqual([[], ['A3'], []]);
  });

  it('goes on with a build after a death, where it was', async () => {
    await ground.source.transaction((tx) => ground.upkeep.rebuild(tx, 'a test', 'operator'));
    await ground.source.query(
      `update search_build set last_id = 'A0' where state = 'RUNNING' and target = 'documents'`,
    );
    const second = await openSecond();
    await second.settle();
    expect(await ground.ledger.running('elasticsearch')).toBeUndefined();
    expect(await ids('太仓远方')).toEqual(['A3']);
    await second.engine?.close();
  });

  it('finds by itself what was lost and what is too much, and says how much', async () => {
    const live = (await ground.engine!.live())!;
    const [gone] = aCity(1);
    await fetch(`${server.url}/${live}/_doc/${gone!.id}?refresh=true`, { method: 'DELETE' });
    await fetch(`${server.url}/${live}/_doc/GHOST?refresh=true`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'GHOST', sort: 'x', bucket: 3, version: 1 }),
    });
    ground.upkeep.reconcileSoon();
    await ground.settle();
    const found = (await ground.ledger.log(100, null)).find(({ act }) => act === 'RECONCILED');
    expect(found).toMatchObject({ documents: 3_001, differences: 2 });
    expect(await ids(gone!.names[0])).toContain(gone!.id);
    expect(await ids('GHOST')).toEqual([]);
  });

  it('is stood in for when it is killed, and catches up with what it missed when it is back', async () => {
    await server.kill();
    expect(await find('太仓远方')).toMatchObject({ hits: [{ id: 'A3' }], servedBy: 'postgresql', degraded: true });
    const missed = aDocument('A4', '常熟错过有限公司');
    knowing(...aCity(3_000), aDocument('A3', '太仓远方有限公司'), missed);
    await ground.source.transaction((tx) => ground.index.index([missed], tx));
    await ground.upkeep.run();
    expect(await ids('常熟错过')).toEqual(['A4']);
    server = await startElasticsearch({ dataDir, heap: '512m', port: server.port });
    await pause(2_100);
    await ground.settle();
    expect(await eventually(() => find('常熟错过'))).toMatchObject({ hits: [{ id: 'A4' }] });
    expect((await acts()).slice(-3)).toEqual(['ENGINE_AWAY', 'ENGINE_BACK', 'RECONCILED']);
  }, 600_000);

  /** Another copy of the service on the same tables. */
  async function openSecond(): Promise<Pick<SearchGround, 'settle' | 'engine'>> {
    const { searchParts } = await import('../../src/index.js');
    const parts = await searchParts(ground.source, documents, ground.ledger, { url: server.url, index: alias });
    const settle = async (): Promise<void> => {
      for (let round = 0; round < 20; round += 1) await parts.upkeep.run();
      await parts.engine?.refresh();
    };
    return { settle, engine: parts.engine };
  }
});
