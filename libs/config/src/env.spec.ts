import {
  choiceSetting,
  flagSetting,
  integerSetting,
  listSetting,
  offerSetting,
  SettingError,
  textSetting,
} from './env.js';

const name = 'XINQIAO_SPEC_SETTING';
const set = (value?: string): void => {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
};

describe('settings', () => {
  afterEach(() => set());

  it('takes blank for not given', () => {
    set('  ');
    expect([textSetting(name), textSetting(name, 'x')]).toEqual([undefined, 'x']);
    set(' a ');
    expect(textSetting(name)).toBe('a');
  });

  it.each([
    ['2', 2],
    ['50', 50],
    [undefined, 10],
  ])('takes %s connections for %s', (value, expected) => {
    set(value);
    expect(integerSetting(name, 10, { min: 2, max: 50 })).toBe(expected);
  });

  it.each(['1', '51', '-3', '2.5', 'ten', '9007199254740993', 'NaN'])('refuses %s, and says what would do', (value) => {
    set(value);
    expect(() => integerSetting(name, 10, { min: 2, max: 50 })).toThrow(SettingError);
    expect(() => integerSetting(name, 10, { min: 2, max: 50 })).toThrow(`${name} must be a whole number from 2 to 50`);
  });

  it('takes one of a closed list, to the letter', () => {
    set('city');
    expect(choiceSetting(name, ['city', 'none'], 'none')).toBe('city');
    set('City');
    expect(() => choiceSetting(name, ['city', 'none'], 'none')).toThrow(SettingError);
  });

  it.each([
    ['1', true],
    ['TRUE', true],
    ['off', false],
    ['no', false],
    [undefined, true],
  ])('reads the flag %s as %s', (value, expected) => {
    set(value);
    expect(flagSetting(name, true)).toBe(expected);
  });

  it('takes no word for a flag that might be meant either way', () => {
    set('disabled');
    expect(() => flagSetting(name, true)).toThrow(SettingError);
  });

  it('splits lists, and an empty part is none', () => {
    set(' https://a.example , ,https://b.example,');
    expect(listSetting(name)).toEqual(['https://a.example', 'https://b.example']);
    set();
    expect(listSetting(name)).toEqual([]);
  });

  it('never overrules what was given by hand', () => {
    offerSetting(name, 'learned');
    offerSetting(name, 'later');
    expect(textSetting(name)).toBe('learned');
  });
});
