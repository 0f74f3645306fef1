import type { Fen } from '@app/kernel';

import { amountsIn, type WrittenAmount } from './amount-words.rules.js';
import { barePatterns, filler, wordsToDigits, writtenPatterns } from './contact-words.rules.js';

/** What stands in for everything that was taken out. */
export const blank = '＊＊＊';

/** Chinese ways to write a digit, for numbers that are spelled out to get past a filter. */
const spelled = new Map(Array.from('〇零一二三四五六七八九', (sign, place) => [sign, String(Math.max(0, place - 1))]));
for (const [sign, digit] of [
  ['幺', '1'],
  ['两', '2'],
  ['壹', '1'],
  ['贰', '2'],
  ['叁', '3'],
  ['肆', '4'],
  ['伍', '5'],
  ['陆', '6'],
  ['柒', '7'],
  ['捌', '8'],
  ['玖', '9'],
  ['参', '3'],
] as const)
  spelled.set(sign, digit);

/** The most frequent family names; before a form of address they make a person. */
const familyNames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';

const patterns: readonly RegExp[] = [
  /[\p{Script=Han}a-z0-9]{2,20}(?:有限责任公司|股份有限公司|有限公司|股份公司|集团公司|合伙企业)/gu,
  new RegExp(`[${familyNames}][\\p{Script=Han}]{0,2}?(?:先生|女士|小姐|经理|会计|老师|总监|董事长)`, 'gu'),
  new RegExp(`[${familyNames}](?:总|工)(?![额量计体部共成装线程业具商作资])`, 'gu'),
  /(?:联系人|法人代表|法定代表人)(?:是|为)?\p{Script=Han}{2,4}/gu,
];

interface Flat {
  text: string;
  /** For each character of `text`, the place of the original character that it came from. */
  places: number[];
}

/** What of a need a stranger must not learn from a text. */
export interface Secrets {
  names: readonly string[];
  /** What the need is about: a lead shows its band only, so that its text does not say it either. */
  amountFen?: Fen;
}

/** One character in the form that is compared: the simplified one of a traditional character. */
export type Fold = (character: string) => string;

/**
 * Takes names, codes, telephone numbers and addresses of any kind out of a text that strangers will read. Looks through
 * full-width forms, signs between the digits, invisible characters, spelled-out digits and, by `fold`, traditional
 * characters: what is kept is shown as it was written. Rather too much than too little: the enterprise sees the result
 * before it publishes.
 */
export function maskPurpose(purpose: string, { names, amountFen }: Secrets, fold: Fold): string {
  const characters = Array.from(purpose);
  const hidden = new Set<number>();
  const written = flatten(characters, fold);
  const bare = bareOf(written);
  const known = names.map((name) => bareOf(flatten(Array.from(name), fold)).text);
  const digits: Flat = { text: wordsToDigits(replaceSpelled(bare.text)), places: bare.places };
  for (const pattern of [...patterns, ...barePatterns]) hideMatches(pattern, bare, hidden);
  for (const pattern of barePatterns) hideMatches(pattern, digits, hidden);
  for (const pattern of writtenPatterns) hideMatches(pattern, written, hidden);
  if (amountFen !== undefined)
    for (const flat of [written, bare, tightOf(written)]) hideAmount(amountFen, flat, hidden);
  for (const name of known.flatMap(formsOfName)) hideText(name, bare, hidden);
  for (const name of known) hideTradeName(name, bare, hidden);
  return join(characters, hidden);
}

/** Lower case, compatibility forms and traditional characters folded, nothing that cannot be seen. */
function flatten(characters: readonly string[], fold: Fold): Flat {
  const flat: Flat = { text: '', places: [] };
  for (const [place, character] of characters.entries())
    for (const unit of character.normalize('NFKC').toLowerCase())
      if (!/\p{Cf}|\p{M}/u.test(unit)) append(flat, /\p{Script=Han}/u.test(unit) ? fold(unit) : unit, place);
  return flat;
}

/** The same without anything but letters and digits. */
function bareOf({ text, places }: Flat): Flat {
  const bare: Flat = { text: '', places: [] };
  let at = 0;
  for (const unit of text) {
    if (/[\p{L}\p{N}]/u.test(unit)) append(bare, unit, places[at]!);
    at += unit.length;
  }
  return bare;
}

function append(flat: Flat, text: string, place: number): void {
  flat.text += text;
  for (let index = 0; index < text.length; index += 1) flat.places.push(place);
}

/** Which digit it is does not matter, only that it is one: digits of other scripts, in circles, between brackets. */
const replaceSpelled = (text: string): string =>
  Array.from(text, (character) => {
    if (/[0-9]/.test(character)) return character;
    return spelled.get(character) ?? (/\p{N}/u.test(character) ? '0'.repeat(character.length) : character);
  }).join('');

function hideMatches(pattern: RegExp, flat: Flat, hidden: Set<number>): void {
  for (const match of flat.text.matchAll(pattern)) hide(flat, match.index, match[0].length, hidden);
}

function hideText(text: string, flat: Flat, hidden: Set<number>): void {
  for (let at = flat.text.indexOf(text); at >= 0; at = flat.text.indexOf(text, at + 1))
    hide(flat, at, text.length, hidden);
}

/** A figure that lies this near tells the amount as well as the exact one would: "about 4.3 million". */
const near = 0.1;

/**
 * Numbers that are the amount, or nearly, whichever way they are written; other figures of a purpose are what it is about.
 * Looked for in the text as written, without its spaces, and without all signs: "五 百 万", "5-0-0万".
 */
function hideAmount(amountFen: Fen, flat: Flat, hidden: Set<number>): void {
  const yuan = Number(amountFen) / 100;
  const slack = yuan * near;
  const tells = ({ readings }: WrittenAmount) =>
    readings.some(({ from, to }) => from <= yuan + slack && to >= yuan - slack);
  for (const amount of amountsIn(decimalDigits(flat.text)))
    if (tells(amount)) hide(flat, amount.start, amount.length, hidden);
}

/** Digits of other scripts as those of ours: their ten signs follow each other, from a sign that ends in 0 or in 6. */
const decimalDigits = (text: string): string =>
  text.replaceAll(/(?![0-9])\p{Nd}/gu, (sign) => {
    const code = sign.codePointAt(0)!;
    const low = code & 0xf;
    const fromZero = low < 6 || /\p{Nd}/u.test(String.fromCodePoint(code - low));
    return String(fromZero ? low : low - 6).padEnd(sign.length, filler);
  });

/** The same without spaces: points and commas keep their meaning. */
function tightOf({ text, places }: Flat): Flat {
  const tight: Flat = { text: '', places: [] };
  let at = 0;
  for (const unit of text) {
    if (!/\s/u.test(unit)) append(tight, unit, places[at]!);
    at += unit.length;
  }
  return tight;
}

/** What everybody calls a firm is the beginning of its name: that alone, with as much of the name as follows it. */
function hideTradeName(name: string, bare: Flat, hidden: Set<number>): void {
  const core = coreOf(name);
  const [tradeName] = (core && tradeNamePattern.exec(core)) ?? [];
  if (!core || !tradeName) return;
  for (let at = bare.text.indexOf(tradeName); at >= 0; at = bare.text.indexOf(tradeName, at + 1)) {
    let length = tradeName.length;
    while (length < core.length && bare.text[at + length] === core[length]) length += 1;
    hide(bare, at, length, hidden);
  }
}

/** Signs between two hidden characters go with them. */
function hide({ places }: Flat, start: number, length: number, hidden: Set<number>): void {
  for (let place = places[start]!; place <= places[start + length - 1]!; place += 1) hidden.add(place);
}

const companyPattern = /(?:集团|股份|有限责任公司|有限公司|公司|合伙企业|研究院|研究所|中心|工作室|厂|店|社|行)+$/u;
const placePattern =
  /^(?:江苏省?|苏州市?|昆山市?|太仓市?|常熟市?|张家港市?|吴江区?|吴中区?|相城区?|姑苏区?|虎丘区?|苏州工业园区|工业园区|高新区)+/u;

/** Beginnings of firms' names that are everyday words of a purpose: these need a third character to give a firm away. */
const everyday =
  '智能|智慧|智造|创新|创业|科技|技术|电子|光电|光学|生物|医药|医疗|新能|新材|材料|精密|精工|信息|网络|软件|数字|数据|工业|环保|绿色|' +
  '机械|设备|研发|制造|自动|半导|集成|通信|通讯|纳米|汽车|食品|纺织|建筑|工程|贸易|中国|国际|长三|华东|先进|高端|新型|现代|中小|互联|机器';
const tradeNamePattern = new RegExp(`^(?:(?!${everyday})\\p{Script=Han}{2}|\\p{Script=Han}{3}|[a-z0-9]{3,})`, 'u');

/** The name of a firm without place and legal form; undefined for what is no firm. */
const coreOf = (flat: string): string | undefined =>
  companyPattern.test(flat) ? flat.replace(placePattern, '').replace(companyPattern, '') : undefined;

/** A name as it is registered, and the core that everybody calls it by; parts of one character would hide whole texts. */
function formsOfName(full: string): string[] {
  const core = full
    .replace(/^(江苏省?|苏州市?|昆山市?|太仓市?|常熟市?|张家港市?|苏州工业园区)+/u, '')
    .replace(/(集团|股份|有限责任公司|有限公司|公司|合伙企业)+$/u, '');
  const shortest = core.replace(/(科技|技术|智能|电子|实业|工业|贸易|发展|信息|网络|软件|医药|生物|材料|精密)+$/u, '');
  return [full, core, shortest].filter((form) => Array.from(form).length >= 2);
}

function join(characters: readonly string[], hidden: ReadonlySet<number>): string {
  let shown = '';
  for (const [place, character] of characters.entries()) {
    if (!hidden.has(place)) shown += character;
    else if (!hidden.has(place - 1)) shown += blank;
  }
  return shown;
}
