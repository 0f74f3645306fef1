import { readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { aContract } from '../../test/a-contract.js';
import type { Column, Contract } from './contract.rules.js';
import { deniedColumnsOf, type DeniedList } from './denied.rules.js';

const list = parse(readFileSync('infra/contracts/catalogue/denied-columns.yaml', 'utf8')) as DeniedList;
const reasonsOf = (column: Partial<Column>, wish: Partial<Contract> = {}) =>
  deniedColumnsOf(aContract({ columns: [{ header: '列', name: 'column', type: 'text', ...column }], ...wish }), list);

describe('a column that the law keeps out', () => {
  it.each([
    ['宗教信仰', 'x'],
    ['宗 教', 'x'],
    ['信　仰', 'x'],
    ['负责人·宗·教', 'x'],
    ['宗\u200b教', 'x'],
    ['指紋', 'x'],
    ['ＤＮＡ编号', 'x'],
    ['ZongJiao', 'x'],
    ['zōng jiào xìn yǎng', 'x'],
    ['备注', 'religion'],
    ['备注', 'religious_belief'],
    ['备注', 'blood_type'],
    ['备注', 'has_genes'],
    ['备注', 'fa_ding_zhi_wen'],
    ['备注', 'xuexing'],
    ['既往病史', 'x'],
    ['备注', 'bing_li_hao'],
    ['诊断结果', 'x'],
  ])('is known under the header %s and the name %s', (header, name) => {
    expect(reasonsOf({ header, name })).toHaveLength(1);
    // No consent opens these.
    expect(reasonsOf({ header, name }, { personConsent: 'WRITTEN' })).toHaveLength(1);
  });

  it.each([
    ['法定代表人年收入', 'x'],
    ['股东存款', 'x'],
    ['实际控制人房产', 'x'],
    ['个人所得税', 'x'],
    ['备注', 'personal_income'],
    ['备注', 'ge_ren_shou_ru'],
    ['备注', 'shareholder_house'],
    ['备注', 'legal_representative_tax_paid'],
  ])('may hold what persons own or earn only with their written consent: %s %s', (header, name) => {
    expect(reasonsOf({ header, name })).toHaveLength(1);
    expect(reasonsOf({ header, name }, { personConsent: 'WRITTEN' })).toEqual([]);
  });

  it('is known by whose fact it is said to be', () => {
    expect(reasonsOf({ header: '年收入', name: 'income', subject: 'PERSON' })).toHaveLength(1);
    expect(reasonsOf({ header: '年收入', name: 'income', subject: 'ENTERPRISE' })).toEqual([]);
  });

  it.each([
    ['营业收入(元)', 'revenue'],
    ['纳税总额', 'tax_paid'],
    ['法定代表人', 'legal_representative'],
    ['股东名称', 'shareholder'],
    ['质权人', 'pledgee'],
    ['应缴税额', 'tax_due'],
    ['不动产单元号', 'unit_no'],
    ['总经理', 'general_manager'],
    ['参保人数', 'insured'],
  ])('is not the firm’s own %s', (header, name) => {
    expect(reasonsOf({ header, name })).toEqual([]);
  });
});
