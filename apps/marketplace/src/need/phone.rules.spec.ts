import { parsePhone } from './phone.rules.js';

const good: [string, string][] = [
  ['13800001111', '13800001111'],
  ['138-0000-1111', '13800001111'],
  ['+86 138 0000 1111', '13800001111'],
  ['１３８００００１１１１', '13800001111'],
  ['0512-65001234', '0512-65001234'],
  ['(0512)65001234-801', '051265001234-801'],
  ['400-820-1234', '400-820-1234'],
];
it.each(good)('reads %s as %s', (text, expected) => expect(parsePhone(text)).toBe(expected));

it.each(['', '123', '12800001111', '1380000111', '138000011111', 'phone', '0512-1234'])('refuses %p', (text) => {
  expect(parsePhone(text)).toBeUndefined();
});
