/** An amount as somebody wrote it: where it stands, and what it may mean in yuan, from and up to. */
export interface WrittenAmount {
  start: number;
  length: number;
  readings: readonly { from: number; to: number }[];
}

type Kind = 'literal' | 'digit' | 'small' | 'big' | 'point' | 'half' | 'more' | 'word' | 'hundred';

interface Token {
  kind: Kind;
  value: number;
  /** Another reading of the same figure: a comma that some write for the point. */
  other?: number;
  start: number;
  end: number;
}

const table = (kind: Kind, entries: Record<string, number>): [string, Kind, number][] =>
  Object.entries(entries).map(([sign, value]) => [sign, kind, value]);

/** Signs and words of numbers, in simplified characters and small letters. */
const vocabulary: readonly [string, Kind, number][] = [
  ...table('digit', { 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }),
  ...table('digit', { 壹: 1, 贰: 2, 弐: 2, 叁: 3, 参: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9, 幺: 1, 俩: 2 }),
  ...table('word', { 廿: 20, 卅: 30 }),
  ...table('small', { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1_000, 仟: 1_000 }),
  ...table('big', { 万: 10_000, 亿: 100_000_000, w: 10_000, k: 1_000, m: 1_000_000, b: 1_000_000_000 }),
  ...table('big', { mn: 1_000_000, mio: 1_000_000, mln: 1_000_000, million: 1_000_000, millions: 1_000_000 }),
  ...table('big', { thousand: 1_000, bn: 1_000_000_000, billion: 1_000_000_000, wan: 10_000 }),
  ...table('hundred', { hundred: 100 }),
  ...table('word', { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 }),
  ...table('word', { eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15, sixteen: 16, seventeen: 17 }),
  ...table('word', { eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60 }),
  ...table('word', { seventy: 70, eighty: 80, ninety: 90 }),
  ...table('point', { 点: 0, point: 0 }),
  ...table('half', { 半: 0.5 }),
  ...table('more', { 多: 0, 余: 0, 来: 0 }),
];
const meaning = new Map(vocabulary.map(([sign, kind, value]) => [sign, { kind, value }]));
const isLatin = (sign: string): boolean => /^[a-z]/.test(sign);
const signs = [...meaning.keys()].toSorted((a, b) => b.length - a.length);
/** 来 is part of a number only before its unit: 五百来万, and not 五百万来采购. */
const han = signs
  .map((sign) => (sign === '来' ? '来(?=个?[万亿])' : sign))
  .filter((sign) => !isLatin(sign))
  .join('|');
/** Of letters only whole words count, or those before a currency: `5m`, `500w`, `5mrmb`. */
const latin = `(?:${signs.filter(isLatin).join('|')})(?=$|[^a-z]|rmb|cny|yuan|renminbi|and\\b)`;
const figure = String.raw`\d[\d,']*(?:\.\d+)*`;
const tokenPattern = new RegExp(`${figure}|${han}|${latin}`, 'gu');
/** What may stand between two parts of one number. */
const gluePattern = /^[\s-]*(?:个|and)?[\s-]*$/;

/** All amounts and other numbers in a text: written in figures, in Chinese numerals of either kind, in words, or mixed. */
export function amountsIn(text: string): WrittenAmount[] {
  return runsOf(text)
    .flatMap((run) => [run, ...afterComma(run, text)])
    .flatMap((run) => {
      const readings = readingsOf(run);
      const [first, last] = [run[0]!, run.at(-1)!];
      return readings.length > 0 ? [{ start: first.start, length: last.end - first.start, readings }] : [];
    });
}

/** "300，500万" may be two figures: the second one with what follows it. */
function afterComma([first, ...rest]: readonly Token[], text: string): Token[][] {
  if (first?.kind !== 'literal') return [];
  const comma = text.slice(first.start, first.end).lastIndexOf(',');
  const behind = text.slice(first.start + comma + 1, first.end);
  return comma < 0 || behind === '' ? [] : [[tokenOf(behind, first.start + comma + 1), ...rest]];
}

/** Tokens that belong together. */
function runsOf(text: string): Token[][] {
  const runs: Token[][] = [];
  let before: Token | undefined;
  for (const match of text.matchAll(tokenPattern)) {
    const token = tokenOf(match[0], match.index);
    const joined = before !== undefined && isOneNumber(before, token, text.slice(before.end, token.start));
    const run = runs.at(-1);
    if (joined && run) run.push(token);
    else runs.push([token]);
    before = token;
  }
  return runs;
}

/** "4百32万" is one number; a figure behind a space is another one. */
function isOneNumber({ kind }: Token, next: Token, between: string): boolean {
  if (next.kind === 'literal') return between === '' && (kind === 'small' || kind === 'big');
  return gluePattern.test(between);
}

function tokenOf(sign: string, start: number): Token {
  const place = { start, end: start + sign.length };
  const known = meaning.get(sign);
  if (known) return { ...known, ...place };
  const bare = sign.replaceAll(/[,']/g, '');
  const points = bare.split('.').length - 1;
  const value = Number(points > 1 ? bare.replaceAll('.', '') : bare);
  const comma = /^\d+,\d+$/.test(sign) && !/,\d{3}$/.test(sign);
  return { kind: 'literal', value, ...(comma && { other: Number(sign.replace(',', '.')) }), ...place };
}

function readingsOf(run: readonly Token[]): { from: number; to: number }[] {
  const plain = valueOf(run);
  const swapped = run.some(({ other }) => other !== undefined)
    ? valueOf(run.map((token) => ({ ...token, value: token.other ?? token.value })))
    : undefined;
  return [plain, swapped].filter((one) => one !== undefined).flatMap(alternatives);
}

interface Sum {
  total: number;
  /** Below the last 万, 亿, thousand or million. */
  section: number;
  current: number | null;
  lastBig: number;
  /** What one step of the last sign is worth: "四百多" may be anything up to five hundred. */
  step: number;
  more: number;
  decimals: number;
}

/** Undefined for signs that make no number, such as 点 or 多 alone. */
function valueOf(run: readonly Token[]): Sum | undefined {
  if (!run.some(({ kind }) => kind !== 'point' && kind !== 'more' && kind !== 'hundred')) return undefined;
  const sum: Sum = { total: 0, section: 0, current: null, lastBig: 0, step: 1, more: 0, decimals: 0 };
  let before: Kind | undefined;
  for (const token of run) {
    takeToken[token.kind](sum, token.value, before);
    before = token.kind;
  }
  return sum;
}

const takeToken: Record<Kind, (sum: Sum, value: number, before: Kind | undefined) => void> = {
  literal(sum, value) {
    sum.current = value;
    sum.step = roundness(value);
  },
  digit(sum, value, before) {
    if (sum.decimals > 0) {
      sum.current = (sum.current ?? 0) + value * sum.decimals;
      sum.decimals /= 10;
      return;
    }
    sum.current = before === 'digit' ? (sum.current ?? 0) * 10 + value : value;
    sum.step = 1;
  },
  word(sum, value, before) {
    if (sum.decimals > 0 && value < 10) {
      takeToken.digit(sum, value, before);
      return;
    }
    sum.current = (sum.current ?? 0) + value;
    sum.step = 1;
  },
  small(sum, value) {
    sum.section += (sum.current ?? 1) * value;
    sum.current = null;
    sum.decimals = 0;
    sum.step = value;
  },
  hundred(sum, value) {
    takeToken.small(sum, value, undefined);
  },
  big(sum, value) {
    const section = sum.section + (sum.current ?? (sum.section > 0 || sum.total > 0 ? 0 : 1));
    sum.total = value > sum.lastBig && sum.lastBig > 0 ? (sum.total + section) * value : sum.total + section * value;
    Object.assign(sum, { section: 0, current: null, lastBig: value, decimals: 0, more: sum.more * value });
    sum.step = value;
  },
  point(sum) {
    sum.current = sum.section + (sum.current ?? 0);
    sum.section = 0;
    sum.decimals = 0.1;
  },
  half(sum, value) {
    sum.current = (sum.current ?? 0) + value;
  },
  more(sum) {
    sum.more = sum.step;
  },
};

/** The last digit that is not zero says how exact a round number is. */
function roundness(value: number): number {
  let step = 1;
  while (value >= step * 10 && value % (step * 10) === 0) step *= 10;
  return step;
}

/** "一亿五" is 150 million to whoever says it, and one hundred million and five to whoever writes it. */
function alternatives({ total, section, current, lastBig, more }: Sum): { from: number; to: number }[] {
  const written = total + section + (current ?? 0);
  const spoken = total + (current ?? 0) * (current === 0.5 ? lastBig : lastBig / 10);
  const shortened = lastBig > 0 && section === 0 && current !== null && current < 10;
  return (shortened ? [written, spoken] : [written]).map((from) => ({ from, to: from + more }));
}
