import type { Fen } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { maskForStrangers } from './purpose-mask.driver.js';
import { blank } from './purpose.rules.js';

const names = ['苏州光能精密科技有限公司', '91320505MA1XT00150', '沈舟', '玉山镇测试路1号'];
const mask = (text: string) => maskForStrangers(text, { names });

describe('what a lead shows of a purpose', () => {
  const kept = [
    '研发投入',
    '采购设备500万元，扩产12个月',
    '2026年技术改造，补充流动资金（订单增长30%）',
    '投标保证金与总额、总体方案有关的支出',
    '购买ISO9001认证和3台CNC机床',
    '一千二百三十四万五千元用于原材料',
    '①采购设备②扩建厂房③补充流动资金',
    '购置VOCs治理设备和WX系列注塑机，产品通过UL认证',
    'server room and phone assembly line, phase two of three',
    '一二期厂房已完工，三四期待建',
  ];
  it.each(kept)('keeps %s', (text) => expect(mask(text)).toBe(text));

  const taken: [string, string][] = [
    ['研发，电话13800001111', '13800001111'],
    ['研发１３８００００１１１１', '１３８'],
    ['请拨138-0000-1111', '0000'],
    ['请拨 1 3 8 0 0 0 0 1 1 1 1', '1 1 1'],
    ['一三八零零零零一一一一联系', '一三八'],
    ['幺三八〇〇〇〇幺幺幺幺', '幺三八'],
    ['138\u200b0000\u200b1111', '0000'],
    ['0512-65001234转8', '6500'],
    ['苏州光能精密科技有限公司扩产', '光能'],
    ['光能精密扩产', '光能'],
    ['光 能 精 密 扩产', '光'],
    ['光·能·精·密科技扩产', '能'],
    ['代码91320505MA1XT00150', 'MA1XT'],
    ['代码 9132 0505 ma1x t001 50', 'ma1x'],
    ['昆山另一家材料有限公司的货款', '另一家'],
    ['找周会计谈', '周会计'],
    ['联系人：陈某某', '陈某某'],
    ['法人沈舟', '沈舟'],
    ['微信 abc_12345', 'abc'],
    ['写信到 a.b@example.com', 'example'],
    ['见 www.guangneng.cn/about', 'guangneng'],
    ['厂址在玉山镇测试路1号', '测试路'],
    ['光能公司扩产', '光能'],
    ['我们光 能精密正在扩产', '能精密'],
    ['蘇州光能扩产', '光能'],
    ['电话١٣٨٠٠٠٠١١١١', '١٣٨'],
    ['电话१३८००००११११', '१३८'],
    ['电话❶❸❽⓿⓿⓿⓿❶❶❶❶', '❶❸❽'],
    ['电话⑴⑶⑻0000⑴⑴⑴⑴', '⑴⑶⑻'],
    ['电话𐴱𐴳𐴸𐴰𐴰𐴰𐴰𐴱𐴱𐴱𐴱，研发', '𐴱𐴳𐴸'],
    ['telephone one three eight zero zero zero zero one one one one', 'three eight'],
    ['call ONE-THREE-EIGHT 0000 1111', 'THREE'],
    ['电话 yao san ba ling ling ling ling yao yao yao yao', 'san ba'],
    ['电话 一3八 零0零0 壹1一1', '3八'],
    ['电话１３８－００００－１１１１', '１１'],
    ['电话138.0000.1111', '0000'],
    ['电话138/0000/1111', '0000'],
    ['电话138＊0000＊1111', '0000'],
    ['加我薇信：gn_zhou', 'zhou'],
    ['威信号为 gnzhou88', 'gnzhou'],
    ['WeChat ID: gn-zhou', 'zhou'],
    ['V信 gnzhou', 'gnzhou'],
    ['QQ 12345', '12345'],
    ['扣扣一二三四五六', '三四'],
    ['qq：１２３ ４５６', '４５６'],
    ['邮箱 zhou＠example．com', 'example'],
    ['邮箱 zhou @ example . com', 'example'],
    ['mail zhou at example dot com', 'zhou'],
    ['邮箱 zhou(at)example(dot)com', 'example'],
    ['邮箱 zhou艾特example点com', 'zhou'],
    ['邮箱 12345 q q 点 com', '12345'],
    ['网址 guangneng 点 com', 'guangneng'],
  ];
  it.each(taken)('takes out of %s', (text, secret) => {
    expect(mask(text)).toContain(blank);
    expect(mask(text)).not.toContain(secret);
  });

  it('takes a firm for what everybody calls it, and everyday words of a name for what they are', () => {
    const of = (name: string) => (text: string) => maskForStrangers(text, { names: [name] });
    expect(of('苏州新杰光电子创新科技有限公司')('新杰光研发光电子器件')).toBe(`${blank}研发光电子器件`);
    expect(of('苏州智能云芯科技有限公司')('采购智能设备，智能云芯片流片')).toBe(`采购智能设备，${blank}片流片`);
    expect(of('昆山IOT创新技术有限公司')('iot平台扩建')).toBe(`${blank}平台扩建`);
    expect(of('玉山镇测试路1号')('玉山厂房扩建')).toBe('玉山厂房扩建');
  });

  const foldings: [string, string, string][] = [
    ['苏州云龙电气有限公司', '雲龍電氣擴產', `${blank}擴產`],
    ['苏州云龙电气有限公司', '蘇州雲龍電氣有限公司採購設備', `${blank}採購設備`],
    ['苏州云龙电气有限公司', '雲 龍·電氣採購設備', `${blank}採購設備`],
    ['苏州云龙电气有限公司', '云龍电氣采购设备', `${blank}采购设备`],
    ['蘇州雲龍電氣有限公司', '云龙电气采购设备', `${blank}采购设备`],
    ['陳國華', '由陈国华负责的扩产', `由${blank}负责的扩产`],
    ['陈国华', '由陳國華負責的擴產', `由${blank}負責的擴產`],
  ];
  it.each(foldings)('finds %s in %s, whichever characters either is written in', (name, text, shown) => {
    expect(maskForStrangers(text, { names: [name] })).toBe(shown);
  });

  it.each([
    ['聯繫人：陳某某', '陳某某'],
    ['崑山另一家材料有限公司的貨款', '另一家'],
    ['找劉經理談', '劉經理'],
    ['電話壹參捌零零零零壹壹壹壹', '壹參捌'],
    ['電話貳陸貳零零零零壹壹壹壹', '貳陸'],
  ])('takes out of %s what it would take out in simplified characters', (text, secret) => {
    expect(mask(text)).toContain(blank);
    expect(mask(text)).not.toContain(secret);
  });

  const amounts: [string, string][] = [
    ['需要432.1万元用于研发', `需要${blank}元用于研发`],
    ['需要 4,321,000 元用于研发', `需要 ${blank} 元用于研发`],
    ['融资４３２．１萬元，其中設備300萬元', `融资${blank}元，其中設備300萬元`],
    // Not the exact amount, and near enough to tell it.
    ['预算4.321百万，3台机床共432万', `预算${blank}，3台机床共${blank}`],
    ['分12个月采购43210台', '分12个月采购43210台'],
    ['需要四百三十二万一千元', `需要${blank}元`],
    ['需要肆佰叁拾贰万壹仟元整', `需要${blank}元整`],
    ['需要肆佰參拾貳萬壹仟圓整', `需要${blank}圓整`],
    ['需要四三二点一万元', `需要${blank}元`],
    ['需要四点三二一百万元', `需要${blank}元`],
    ['需要四百三十二点一万元', `需要${blank}元`],
    ['需要四 百 三 十 二 万', `需要${blank}`],
    ['需要四-百-三-十-二-万', `需要${blank}`],
    ['需要4 3 2 万元', `需要${blank}元`],
    ['需要4 321 000元', `需要${blank}元`],
    ['需要4,3百万元', `需要${blank}元`],
    ['需要4’321’000元', `需要${blank}元`],
    ['需要0.0432亿元', `需要${blank}元`],
    ['需要４．３２百万', `需要${blank}`],
    ['需要4百32万', `需要${blank}`],
    ['需要四百多万，四百来万，四百余万', `需要${blank}，${blank}，${blank}`],
    ['需要432.1w', `需要${blank}`],
    ['need 4.3 million yuan', `need ${blank} yuan`],
    ['need 4.3m RMB', `need ${blank} RMB`],
    ['need four point three million', `need ${blank}`],
    ['need four hundred thirty-two wan', `need ${blank}`],
    ['need four million three hundred thousand', `need ${blank}`],
    ['需要٤٣٢万', `需要${blank}`],
    ['需要४३२万', `需要${blank}`],
    ['设备与流动资金分别为300，432万', `设备与流动资金分别为300，${blank}`],
    ['其中设备三百万元，用一百二十天', '其中设备三百万元，用一百二十天'],
    ['采购五百台机床、3000万件零件', '采购五百台机床、3000万件零件'],
    ['三年内订单翻一番，新增员工一百多人', '三年内订单翻一番，新增员工一百多人'],
  ];
  it.each(amounts)('says no more of the amount than its band: %s', (text, shown) => {
    expect(maskForStrangers(text, { names, amountFen: 432_100_000n as Fen })).toBe(shown);
  });

  it('shows what it keeps as it was written', () => {
    for (const text of ['購買設備與擴建廠房', '补充流动資金，訂單增長30%']) expect(mask(text)).toBe(text);
  });

  it('leaves the rest readable', () => {
    expect(mask('研发投入，电话138 0000 1111，扩产')).toBe(`研发投入，电话${blank}，扩产`);
  });

  property.prop([
    fc.string({ maxLength: 40 }),
    fc.constantFrom(
      '13912345678',
      '１３９１２３４５６７８',
      '139-1234-5678',
      '139 1234 5678',
      '一三九一二三四五六七八',
    ),
    fc.string({ maxLength: 40 }),
  ])('hides a telephone number wherever it stands', (before, number, after) => {
    expect(mask(before + number + after)).not.toContain(number);
  });

  const yuan = fc.integer({ min: 1, max: 50_000 }).map((count) => count * 10_000);
  const ways: readonly ((amount: number) => string)[] = [
    (amount) => String(amount),
    (amount) => amount.toLocaleString('en-US'),
    (amount) => `${amount / 10_000}万元`,
    (amount) => `${amount / 100_000_000} 亿`,
    (amount) => `${amount / 1_000_000} million`,
    (amount) => inHan(amount, '零一二三四五六七八九', '十百千'),
    (amount) => inHan(amount, '零壹贰叁肆伍陆柒捌玖', '拾佰仟'),
    (amount) => Array.from(inHan(amount, '〇一二三四五六七八九', '十百千')).join(' '),
    (amount) =>
      `${amount / 10_000}`.replaceAll(/\d/g, (sign) => String.fromCodePoint(0xff10 + Number(sign))).concat('萬'),
  ];
  property.prop([
    yuan,
    fc.constantFrom(...ways),
    fc.constantFrom('', '需要', '用于扩产 '),
    fc.constantFrom('', '，研发'),
  ])('hides the amount, whichever way it is written', (amount, way, before, after) => {
    const shown = maskForStrangers(before + way(amount) + after, { names, amountFen: BigInt(amount * 100) as Fen });
    expect(shown.replaceAll(blank, '')).not.toMatch(/[\p{N}〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖十百千万亿拾佰仟]/u);
  });

  property.prop([fc.string({ maxLength: 200 })])('says the same when it is asked twice', (text) => {
    const once = mask(text);
    expect(mask(once)).toBe(once);
  });
});

/** A whole number below a billion in Chinese numerals. */
function inHan(amount: number, digits: string, units: string): string {
  const below = (part: number): string => {
    const text = String(part).padStart(4, '0');
    const shown = Array.from(text, (sign, place) =>
      sign === '0' ? digits[0]! : digits[Number(sign)]! + (place < 3 ? units[2 - place]! : ''),
    ).join('');
    return shown.replaceAll(new RegExp(`${digits[0]}+`, 'g'), digits[0]!).replace(new RegExp(`${digits[0]}$`), '');
  };
  const [high, middle, low] = [Math.floor(amount / 1e8), Math.floor(amount / 1e4) % 1e4, amount % 1e4];
  const text = (high ? `${below(high)}亿` : '') + (middle ? `${below(middle)}万` : '') + (low ? below(low) : '');
  return text.replace(new RegExp(`^${digits[0]}`), '');
}
