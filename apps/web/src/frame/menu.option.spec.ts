import { mayEnter, menuOf, menus } from './menu.option.js';

describe('the menu', () => {
  it.each(Object.entries(menus))('of %s has at most seven entries, each in a room of that role', (role, entries) => {
    expect(entries.length).toBeLessThanOrEqual(7);
    expect(entries.filter(({ to }) => !mayEnter(to, [role as keyof typeof menus]))).toEqual([]);
  });

  it('shows an entry once to a person of two roles', () => {
    const paths = menuOf(['account-manager', 'institution-admin']).map(({ to }) => to);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toContain('/bank/people');
  });

  it('keeps people out of rooms that are not theirs', () => {
    expect(mayEnter('/operator/limits', ['enterprise'])).toBe(false);
    expect(mayEnter('/bank/leads', ['regulator'])).toBe(false);
    expect(mayEnter('/', ['regulator'])).toBe(true);
  });
});
