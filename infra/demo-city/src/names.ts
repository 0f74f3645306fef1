import type { District } from './districts.js';
import type { Industry } from './industries.js';
import type { Random } from './random.js';

/** Two made-up characters read like a trade name; the pairs are joined at random, so no real firm is meant. */
const firstCharacters = Array.from(
  '瑞恒智芯源晟泰睿博力拓凌启宏盛亿创云星海川嘉鼎铭优迈锐昊骏瀚朗越合天新华中正德信科',
);
const secondCharacters = Array.from('诺达芯维特康泽辰扬峰联图捷迅普航宇恩凯森尔坤成睿明飞杰隆盈通元为奥能铂伦');
const suffixes = ['科技有限公司', '有限公司', '股份有限公司', '（苏州）有限公司'];
const technologySuffixes = ['科技有限公司', '技术有限公司', '创新科技有限公司', '有限公司', '股份有限公司'];

const surnames = Array.from(
  '王李张刘陈杨黄赵吴周徐孙朱马胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈',
);
/** Characters that seldom meet in a given name, so that a name reads as a name and is nobody's. */
const givenFirst = Array.from('知行守望若景砚舟临溪听澜书衡怀清维桢令');
const givenSecond = Array.from('舟禾澈桥信屿棠砚苇川岫渡樵蘅庐笙汀榆');

/** A company name that `taken` does not hold yet; adds it there. */
export function companyName(random: Random, district: District, industry: Industry, taken: Set<string>): string {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const prefix = random.pick(district.prefixes);
    const word =
      random.pick(firstCharacters) +
      random.pick(secondCharacters) +
      (attempt > 20 ? random.pick(secondCharacters) : '');
    const suffix = random.pick(industry.technology ? technologySuffixes : suffixes);
    const branch = suffix.startsWith('（') && prefix === '苏州';
    const name = branch
      ? `${word}${industry.word}${suffix}`
      : `${prefix}${word}${industry.word}${suffix.replace('（苏州）', '')}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
  throw new Error('the city has run out of company names');
}

/** A plausible and fictional name of a person. */
export function personName(random: Random): string {
  return random.pick(surnames) + random.pick(givenFirst) + random.pick(givenSecond);
}

/** Where the firm sits. */
export function addressIn(random: Random, district: District): string {
  const house = `${random.pick(district.roads)}${random.int(1, 1988)}号`;
  const place = district.code === '320500' ? '苏州工业园区' : district.name;
  return `江苏省苏州市${place}${house}${random.chance(0.5) ? `${random.int(1, 28)}幢${random.int(101, 1206)}室` : ''}`;
}
