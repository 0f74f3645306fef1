/* oxlint-disable max-lines-per-function -- the suite is one list of promises */
import { fc } from '@fast-check/jest';
import type { EntityManager } from 'typeorm';

import { comparable, type SearchDocument, type SearchIndex, type SearchQuery } from '../src/index.js';
import { aCity, lookThrough, questionsAbout, slipsAbout } from './a-city.js';

export interface OpenIndex {
  index: SearchIndex;
  /** Runs work in the transaction that documents become true in; visible to searches when it resolves. */
  transaction(work: (tx: EntityManager) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export const aDocument = (id: string, name: string, more: Partial<SearchDocument> = {}): SearchDocument => ({
  id,
  names: [name],
  facets: [],
  shown: { id },
  ...more,
});

/** What every driver of the search index promises. */
export function searchIndexSuite(driver: string, open: () => Promise<OpenIndex>): void {
  describe(`a search index on ${driver}`, () => {
    let opened: OpenIndex;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    const put = (...documents: SearchDocument[]) => opened.transaction((tx) => opened.index.index(documents, tx));
    const drop = (...ids: string[]) => opened.transaction((tx) => opened.index.remove(ids, tx));
    const find = async (text: string, more: Partial<SearchQuery> = {}): Promise<string[]> =>
      (await opened.index.search({ text, facets: [], limit: 50, ...more })).hits.map(({ id }) => id);

    describe('finds', () => {
      beforeAll(() =>
        put(
          aDocument('91320505MA1XT00150', '苏州光舟半导体有限公司', { facets: ['tier:T3', 'district:320505'] }),
          aDocument('91320506MA1XT00239', '苏州工业园区（云图）软件有限公司', { facets: ['tier:T1'] }),
          aDocument('91320507MA1XT0031J', '昆山𬭚科新材料有限公司', { names: ['昆山𬭚科新材料有限公司', '光明贸易'] }),
          // Nobody knows how to say these two.
          aDocument('91320509MA1XT0042K', '吴江𠳭𠲥纺织有限公司'),
        ),
      );
      afterAll(() => drop('91320505MA1XT00150', '91320506MA1XT00239', '91320507MA1XT0031J', '91320509MA1XT0042K'));

      it.each([
        ['two characters in the middle', '光舟', ['91320505MA1XT00150']],
        ['one character, of a former name too', '光', ['91320507MA1XT0031J', '91320505MA1XT00150']],
        ['a character beyond the basic plane', '𬭚', ['91320507MA1XT0031J']],
        ['two characters beyond it that have no pinyin', '𠳭𠲥', ['91320509MA1XT0042K']],
        ['pinyin beside such characters', 'fangzhi', ['91320509MA1XT0042K']],
        ['a former name', '光明贸易', ['91320507MA1XT0031J']],
        ['nothing across two names', '公司光明', []],
        ['nothing whose pairs are there but not the whole', '有限公司光舟', []],
        ['a name whose brackets are typed half width', '园区(云图)软', ['91320506MA1XT00239']],
        ['a name without its brackets and with a space', '园区云图 软件', ['91320506MA1XT00239']],
        ['a whole code', '91320505MA1XT00150', ['91320505MA1XT00150']],
        ['the beginning of a code, full width and lower case', '９１３２０５０６ma1', ['91320506MA1XT00239']],
        ['no code by its middle', 'MA1XT', []],
        ['a name in traditional characters', '蘇州光舟', ['91320505MA1XT00150']],
        ['syllables, the last one not whole', 'guangzhouband', ['91320505MA1XT00150']],
        ['syllables with spaces and capitals', 'Guang Zhou', ['91320505MA1XT00150']],
        ['no syllable by its middle', 'uangzhou', []],
        ['initials', 'szgz', ['91320505MA1XT00150']],
        ['initials of a former name, not across two names', 'gmmy', ['91320507MA1XT0031J']],
        ['nothing by initials across two names', 'gsgm', []],
        ['syllables in the middle', 'yuntu', ['91320506MA1XT00239']],
        ['one wrong character', '苏州光洲半导体', ['91320505MA1XT00150']],
        ['one wrong character at the end', '州光洲', []],
        ['one character missing', '苏光舟半导体', ['91320505MA1XT00150']],
        ['one character too many', '苏州市光舟半导体', ['91320505MA1XT00150']],
        ['nothing with two wrong characters', '苏州广洲半导体', []],
        ['nothing with an unknown character between two names', '有限公司某光明贸易', []],
        ['nothing for brackets alone', '（）', []],
        ['nothing for a pattern', '%', []],
      ])('%s', async (_, text, ids) => {
        expect((await find(text)).toSorted()).toEqual(ids.toSorted());
      });

      it('only what has all the facets', async () => {
        expect(await find('', { facets: ['tier:T3'] })).toEqual(['91320505MA1XT00150']);
        expect(await find('有限', { facets: ['tier:T3', 'district:320505'] })).toEqual(['91320505MA1XT00150']);
        expect(await find('云图', { facets: ['tier:T3'] })).toEqual([]);
      });

      it('a document under its new name only, and with what it shows now', async () => {
        await put(aDocument('91320505MA1XT00150', '苏州远山半导体有限公司', { shown: { tier: 'T4' } }));
        expect(await find('光舟')).toEqual([]);
        const { hits } = await opened.index.search({ text: '远山', facets: [], limit: 1 });
        expect(hits).toEqual([{ id: '91320505MA1XT00150', name: '苏州远山半导体有限公司', shown: { tier: 'T4' } }]);
      });

      it('nothing that was taken out', async () => {
        await drop('91320505MA1XT00150');
        expect(await find('远山')).toEqual([]);
      });
    });

    it('says nothing of documents whose transaction was undone', async () => {
      const undone = opened.transaction(async (tx) => {
        await opened.index.index([aDocument('X1', '未遂企业')], tx);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect(await find('未遂')).toEqual([]);
    });

    it('gives every document once over all pages, in one order, namesakes by id', async () => {
      const ids = Array.from({ length: 25 }, (_, index) => `P${String(index).padStart(2, '0')}`);
      await put(...ids.toReversed().map((id, index) => aDocument(id, index % 2 ? '同名企业' : `第${index % 7}企业`)));
      const seen: string[] = [];
      for (let after: SearchQuery['after']; ;) {
        const { hits, next } = await opened.index.search({ text: '企业', facets: [], limit: 4, after });
        seen.push(...hits.map(({ id }) => id));
        if (!next) break;
        after = next;
      }
      expect(seen.toSorted()).toEqual(ids);
      expect(seen).toEqual(await find('企业'));
      await drop(...ids);
    });

    it('finds exactly what a look at every name finds', async () => {
      const numbered = Array.from({ length: 30 }, (_, index) => `#${index}`);
      const letters = fc.constantFrom(...Array.from('苏州昆山光能药械芯微有限公司（）AaＢ1 '));
      const name = fc.string({ unit: letters, minLength: 1, maxLength: 12 }).filter((text) => comparable(text) !== '');
      const question = fc
        .string({ unit: letters, minLength: 1, maxLength: 5 })
        .filter((text) => comparable(text) !== '');
      await fc.assert(
        fc.asyncProperty(
          fc.array(name, { minLength: 1, maxLength: 30 }),
          fc.array(question, { minLength: 5, maxLength: 5 }),
          async (names, questions) => {
            const documents = names.map((one, index) => aDocument(`#${index}`, one));
            await opened.transaction(async (tx) => {
              await opened.index.remove(numbered.slice(names.length), tx);
              await opened.index.index(documents, tx);
            });
            for (const text of questions) {
              const near = (changes: number) =>
                documents.filter(({ names: [one] }) => distance(comparable(text), comparable(one)) <= changes);
              const exact = near(0);
              const guessed = exact.length === 0 && Array.from(comparable(text)).length >= 4;
              const wanted = guessed ? near(1) : exact;
              expect((await find(text)).toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
            }
          },
        ),
        { numRuns: 40 },
      );
      await drop(...numbered);
    }, 300_000);

    describe('on a city of 1,500 names', () => {
      const city = aCity(1_500);
      beforeAll(() => put(...city));
      afterAll(() => drop(...city.map(({ id }) => id)));

      it('gives the same first twenty as a look at every name', async () => {
        for (const text of questionsAbout(city)) {
          const { hits } = await opened.index.search({ text, facets: [], limit: 20 });
          expect([text, hits.map(({ id }) => id)]).toEqual([text, lookThrough(city, text).slice(0, 20)]);
        }
      });

      it('finds what was meant with one wrong character, 96 times in 100 and more', async () => {
        const asked = slipsAbout(city);
        let found = 0;
        for (const { text, id } of asked) found += Number((await find(text, { limit: 20 })).includes(id));
        expect(found / asked.length).toBeGreaterThanOrEqual(0.96);
      });
    });
  });
}

/** Fewest characters that must be changed, put in or left out so that the question stands somewhere in the text. */
function distance(question: string, text: string): number {
  let row = Array.from({ length: text.length + 1 }, () => 0);
  for (const letter of question)
    row = [...row.keys()].reduce<number[]>((next, at) => {
      const insert = (row[at] ?? 0) + 1;
      const swap = at === 0 ? insert : (row[at - 1] ?? 0) + (text[at - 1] === letter ? 0 : 1);
      return [...next, Math.min(insert, swap, at === 0 ? insert : (next[at - 1] ?? 0) + 1)];
    }, []);
  return Math.min(...row);
}
