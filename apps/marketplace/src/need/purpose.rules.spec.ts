import { fc, it as property } from '@fast-check/jest';

import { blank, maskPurpose } from './purpose.rules.js';

const names = ['苏州光能精密科技有限公司', '91320505MA1XT00150', '沈舟', '玉山镇测试路1号'];
const mask = (text: string) => maskPurpose(text, names);

describe('what a lead shows of a purpose', () => {
  const kept = [
    '研发投入',
    '采购设备500万元，扩产12个月',
    '2026年技术改造，补充流动资金（订单增长30%）',
    '投标保证金与总额、总体方案有关的支出',
    '购买ISO9001认证和3台CNC机床',
    '一千二百三十四万五千元用于原材料',
    '①采购设备②扩建厂房③补充流动资金',
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
  ];
  it.each(taken)('takes out of %s', (text, secret) => {
    expect(mask(text)).toContain(blank);
    expect(mask(text)).not.toContain(secret);
  });

  it('takes a firm for what everybody calls it, and everyday words of a name for what they are', () => {
    const of = (name: string) => (text: string) => maskPurpose(text, [name]);
    expect(of('苏州新杰光电子创新科技有限公司')('新杰光研发光电子器件')).toBe(`${blank}研发光电子器件`);
    expect(of('苏州智能云芯科技有限公司')('采购智能设备，智能云芯片流片')).toBe(`采购智能设备，${blank}片流片`);
    expect(of('昆山IOT创新技术有限公司')('iot平台扩建')).toBe(`${blank}平台扩建`);
    expect(of('玉山镇测试路1号')('玉山厂房扩建')).toBe('玉山厂房扩建');
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

  property.prop([fc.string({ maxLength: 200 })])('says the same when it is asked twice', (text) => {
    const once = mask(text);
    expect(mask(once)).toBe(once);
  });
});
