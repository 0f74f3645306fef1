import { aContract } from '../../test/a-contract.js';
import { correctedFields, endedBy, laidOver } from './overlay.rules.js';

const context = { eventDate: '2026-01-01', today: '2026-11-23' };
const fields = { title: '书', kind: '科技', pledge: '100' };
const correct = (wanted: Record<string, unknown>) => correctedFields(aContract(), wanted, { fields, context });

describe('a correction', () => {
  it('keeps what it says and what the source said, in the form of records', () => {
    expect(correct({ pledge: '12345', kind: null })).toEqual({
      fields: { pledge: '12345', kind: null },
      raw: { pledge: '100', kind: '科技' },
    });
  });

  it.each([
    [{ pledge: 12 }, 'MONEY_FORMAT'],
    [{ pledge: '1.50' }, 'MONEY_FORMAT'],
    [{ pledge: '-1' }, 'MONEY_NEGATIVE'],
    [{ kind: '艺术' }, 'CODE_UNKNOWN'],
    [{ title: '' }, 'FIELD_REQUIRED'],
    [{ title: { a: 1 } }, 'TEXT_PATTERN'],
    [{ colour: '绿' }, 'FIELD_UNKNOWN'],
    [{ kind: '科技' }, 'SAME_AS_RAW'],
  ])('of %j is refused: %s', (wanted, code) => {
    expect(correct(wanted)).toMatchObject([{ code }]);
  });

  it('lies over a record, and takes away what it says is not so', () => {
    expect(laidOver(fields, { fields: { pledge: '5', kind: null } })).toEqual({ title: '书', pledge: '5' });
    expect(laidOver(fields, null)).toBe(fields);
  });

  const overlay = { uscc: 'A', raw: { pledge: '100', note: null } };
  it.each([
    ['the source repeats itself', { uscc: 'A', op: 'U', fields }, null],
    ['another field changes', { uscc: 'A', op: 'U', fields: { ...fields, title: '刊' } }, null],
    ['the corrected field changes', { uscc: 'A', op: 'U', fields: { ...fields, pledge: '101' } }, 'CHANGED'],
    ['the corrected field goes', { uscc: 'A', op: 'U', fields: { title: '书' } }, 'CHANGED'],
    ['a field that was empty is filled', { uscc: 'A', op: 'U', fields: { ...fields, note: '注' } }, 'CHANGED'],
    ['the record is withdrawn', { uscc: 'A', op: 'D', fields: {} }, 'WITHDRAWN'],
    ['it is another enterprise’s', { uscc: 'B', op: 'U', fields }, 'MOVED'],
  ])('when %s: %j ends it by %s', (_, next, because) => {
    expect(endedBy(overlay, next)).toBe(because);
  });
});
