import { comparable, type SearchDocument } from '../src/index.js';
import { sortKeyOf, syllablesOf } from '../src/search-text.js';

/** The same numbers in every run. */
export function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const places = ['苏州', '苏州工业园区', '昆山', '常熟', '张家港', '太仓', '吴江', '吴中', '相城', '江苏'];
const letters = Array.from(
  '光芯微纳云图智药源创星联科晶环海天华维思博远同泰安康嘉禾润东方明德信诚新瑞立达宏盛元亨利贞启航腾飞凌峰锐清源沃土丰泽慧通越卓然一鸣九州百川长庚银河绿洲重庆乐行',
);
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

/** Made-up enterprises; one in four has had another name. */
export function aCity(size: number, seed = 7): SearchDocument[] {
  const roll = dice(seed);
  const one = <T>(list: readonly T[]): T => list[roll(list.length)]!;
  const aName = (): string =>
    one(places) + Array.from({ length: 2 + roll(2) }, () => one(letters)).join('') + one(fields) + one(endings);
  return Array.from({ length: size }, (_, index) => ({
    id: `9132${String(500_000 + index * 7)}MA1${String(index).padStart(5, '0')}`,
    names: index % 4 === 0 ? [aName(), aName()] : [aName()],
    facets: [`tier:T${index % 5}`],
    shown: { index },
  }));
}

/** Parts of names as people type them: two characters and more, syllables, initials, codes. */
export function questionsAbout(city: readonly SearchDocument[], size = 120, seed = 11): string[] {
  const roll = dice(seed);
  const parts = Array.from({ length: size }, () => {
    const { names, id } = city[roll(city.length)]!;
    const name = Array.from(comparable(names[roll(names.length)]!));
    const from = roll(name.length - 1);
    const part = name.slice(from, from + 2 + roll(4)).join('');
    const syllables = syllablesOf(part);
    return [part, part, part, syllables.join(''), syllables.map(([first]) => first).join(''), id.slice(0, 12)][
      roll(6)
    ]!;
  });
  return ['有限', '苏州', '光', 'SZ', 'youxian', ...parts];
}

/** Names without their ending and with one wrong character, and whose they are. */
export function slipsAbout(city: readonly SearchDocument[], size = 100, seed = 13): { text: string; id: string }[] {
  const roll = dice(seed);
  return Array.from({ length: size }, () => {
    const { names, id } = city[roll(city.length)]!;
    const name = Array.from(comparable(names[0])).slice(0, -4);
    name[roll(name.length)] = letters[roll(letters.length)]!;
    return { text: name.join(''), id };
  });
}

/** What should be found, by a look at every name and nothing clever; without guesses. */
export function lookThrough(city: readonly SearchDocument[], text: string): string[] {
  const asked = comparable(text);
  const near = ({ id, names }: SearchDocument): number | undefined => {
    const plain = names.map(comparable);
    if (plain.some((name) => name.includes(asked)) || (asked.length > 1 && id.startsWith(asked))) return 0;
    return /^[A-Z]{2,}$/.test(asked) && plain.some((name) => sounds(name, asked.toLowerCase())) ? 1 : undefined;
  };
  return city
    .flatMap((document) => {
      const stage = near(document);
      return stage === undefined ? [] : [{ id: document.id, stage, sort: sortKeyOf(document.names[0]) }];
    })
    .toSorted((one, other) => one.stage - other.stage || order(one.sort, other.sort) || order(one.id, other.id))
    .map(({ id }) => id);
}

const spoken = new Map<string, string[]>();

const sounds = (name: string, asked: string): boolean => {
  const syllables = spoken.get(name) ?? syllablesOf(name);
  spoken.set(name, syllables);
  const initials = syllables.map((syllable) => Array.from(syllable)[0]).join('');
  return initials.includes(asked) || syllables.some((_, at) => syllables.slice(at).join('').startsWith(asked));
};

const order = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
