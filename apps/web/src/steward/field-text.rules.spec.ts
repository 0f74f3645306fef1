import { fieldOfText, textOfField } from './field-text.rules.js';

describe('a field that a person edits', () => {
  it.each([
    ['昆山光电', '昆山光电'],
    [12, '12'],
    [['甲', '乙'], '甲、乙'],
    [null, ''],
    ['120000000', '120000000'],
  ])('%p is shown as %p and comes back as it was', (value, text) => {
    expect(textOfField(value)).toBe(text);
    expect(fieldOfText(text, value)).toEqual(value);
  });

  it('is taken away by typing nothing, and refused where it cannot be a number', () => {
    expect(fieldOfText('  ', 12)).toBeNull();
    expect(fieldOfText('twelve', 12)).toBeUndefined();
    expect(fieldOfText('甲，乙; 丙', ['甲'])).toEqual(['甲', '乙', '丙']);
  });
});
