/** A word for a place, and the division it means; `wide`: many firms below it carry it too. */
export interface RegionWord {
  word: string;
  code?: string;
  wide?: boolean;
}

/** What names are made of. */
export interface NameWords {
  regions: RegionWord[];
  trades: string[];
  forms: string[];
  branches: string[];
}

/** A name in its comparable form, taken apart: place, brand, trade, form. */
export interface NameParts {
  full: string;
  region: RegionWord | null;
  brand: string;
  trade: string;
  form: string;
  /** What follows the parent's name in the name of a branch. */
  branch: string;
  /** Digits and numerals in their order: 一厂 is not 二厂. */
  numbers: string;
}

const afterRegion = ['省', '市', '区', '县', '经济技术开发区', '经济开发区', '开发区'];
/** Words get so many looks at one name; real names have two or three of a kind. */
const looksMax = 6;

/** Builds the reader once: words go longest first, so that 生物医药 is not read as 医药. */
export function nameReaderOf(words: NameWords): (comparable: string) => NameParts {
  const longest = (list: string[]) => list.toSorted((a, b) => b.length - a.length);
  const regions = words.regions.toSorted((a, b) => b.word.length - a.word.length);
  const [trades, forms, branches] = [longest(words.trades), longest(words.forms), longest(words.branches)];
  return (full) => {
    const [parent, branch] = cutBranch(full, forms, branches);
    const form = forms.find((word) => parent.endsWith(word) && parent.length > word.length) ?? '';
    const bare = parent.slice(0, parent.length - form.length);
    const front = takeRegions(bare, regions);
    // 光能科技（苏州）有限公司: the place may stand behind; a name that is nothing but a place keeps it.
    const behind = front.region === null || front.region.wide === true ? cutRegions(front.rest, regions) : null;
    const rest = behind?.rest ?? front.rest;
    const [brand, trade] = splitTrade(rest, trades);
    return {
      full,
      region: behind?.region ?? front.region,
      brand,
      trade,
      form,
      branch,
      numbers: numbersOf(full),
    };
  };
}

const numbersOf = (text: string): string => (text.match(/[0-9一二三四五六七八九十]/gu) ?? []).join('');

function cutBranch(full: string, forms: string[], branches: string[]): [parent: string, branch: string] {
  const kind = branches.find((word) => full.endsWith(word));
  if (kind === undefined) return [full, ''];
  const end = Math.max(...forms.map((form) => (full.indexOf(form) < 0 ? -1 : full.indexOf(form) + form.length)));
  const at = end > 0 && end < full.length ? end : full.length - kind.length;
  return [full.slice(0, at), full.slice(at)];
}

/** Places at the front, from the wide to the narrow: 江苏省苏州市吴中区 means 吴中. Something must be left for a brand. */
function takeRegions(text: string, regions: RegionWord[]): { rest: string; region: RegionWord | null } {
  let [rest, region]: [string, RegionWord | null] = [text, null];
  for (let look = 0; look < looksMax; look += 1) {
    const found = regions.find(({ word }) => rest.startsWith(word) && rest.length > word.length + 1);
    if (!found) break;
    const after = afterRegion.find((word) => rest.startsWith(word, found.word.length)) ?? '';
    const left = rest.slice(found.word.length + after.length);
    if (Array.from(left).length < 2) break;
    [rest, region] = [left, found];
  }
  return { rest, region };
}

/** Places at the end, the narrow one last: 光能（苏州吴中） means 吴中. */
function cutRegions(text: string, regions: RegionWord[]): { rest: string; region: RegionWord | null } {
  let [rest, region]: [string, RegionWord | null] = [text, null];
  for (let look = 0; look < looksMax; look += 1) {
    const found = regionAtEnd(rest, regions);
    if (!found) break;
    [rest, region] = [rest.slice(0, -found.length), region ?? found.region];
  }
  return { rest, region };
}

function regionAtEnd(text: string, regions: RegionWord[]): { region: RegionWord; length: number } | null {
  for (const region of regions)
    for (const after of ['', '市', '省', '区', '县']) {
      const word = `${region.word}${after}`;
      if (text.endsWith(word) && text.length > word.length + 1) return { region, length: word.length };
    }
  return null;
}

function splitTrade(text: string, trades: string[]): [brand: string, trade: string] {
  let brand = text;
  for (let look = 0; look < looksMax; look += 1) {
    const word = trades.find((trade) => brand.endsWith(trade) && brand.length >= trade.length + 2);
    if (word === undefined) break;
    brand = brand.slice(0, -word.length);
  }
  return [brand, text.slice(brand.length)];
}

/** Whether one character was changed, added or left out; false for equal texts. */
export function isSlip(one: string, other: string): boolean {
  const [a, b] = [Array.from(one), Array.from(other)];
  if (one === other || Math.abs(a.length - b.length) > 1) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const rest = short.slice(short.length === long.length ? at + 1 : at);
  return rest.join('') === long.slice(at + 1).join('');
}

/** Share of the pairs of neighbours that two texts have in common, 0 to 1. */
export function likeness(one: string, other: string): number {
  const pairs = (text: string) => {
    const letters = Array.from(text);
    return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
  };
  const [a, b] = [pairs(one), pairs(other)];
  if (a.length + b.length === 0) return one === other ? 1 : 0;
  const left = new Map<string, number>();
  for (const pair of a) left.set(pair, (left.get(pair) ?? 0) + 1);
  let common = 0;
  for (const pair of b) {
    const count = left.get(pair) ?? 0;
    if (count === 0) continue;
    common += 1;
    left.set(pair, count - 1);
  }
  return (2 * common) / (a.length + b.length);
}
