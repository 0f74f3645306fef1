import { cutAtCell } from './raw-row.rules.js';

describe('the cell of a raw line', () => {
  it.each([
    ['a,b,c', 1, { before: '', cell: 'a', after: ',b,c' }],
    ['a,b,c', 3, { before: 'a,b,', cell: 'c', after: '' }],
    ['a,"x, ""y""",c', 2, { before: 'a,', cell: '"x, ""y"""', after: ',c' }],
    ['a,,c', 2, { before: 'a,', cell: '', after: ',c' }],
    ['', 1, { before: '', cell: '', after: '' }],
  ])('is found in %s at %i', (raw, position, parts) => expect(cutAtCell(raw, position)).toEqual(parts));

  it('is not made up where a line is too short', () => expect(cutAtCell('a,b', 3)).toBeNull());
});
