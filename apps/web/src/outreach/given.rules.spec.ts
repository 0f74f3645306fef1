import { given } from './given.rules.js';

describe('what a form sends', () => {
  it('leaves out what nobody filled in', () => {
    const fields = { title: '装备', rules: '', tiers: [], days: null, banks: undefined };
    expect(given(fields)).toEqual({ title: '装备' });
  });

  it('keeps a nought and a no: both are answers', () => {
    expect(given({ days: 0, draft: false, tiers: ['T1'] })).toEqual({ days: 0, draft: false, tiers: ['T1'] });
  });
});
