import { faultOfPassword } from './password.rules.js';
import { faultOfRoles } from './role.rules.js';

const bounds = { lengthMin: 12, lengthMax: 128, distinctMin: 5 };
const fault = (password: string, login = 'ann.smith') => faultOfPassword(password, login, bounds);

describe('a new password', () => {
  it.each(['Story-2026-outside!', '三十六计走为上策如何记得住', 'correct horse battery'])('may be %s', (password) => {
    expect(fault(password)).toBeUndefined();
  });

  it.each([
    ['elevenchars', /at least 12/],
    ['👍🏽👍🏽👍🏽👍🏽', /at least 12/],
    ['x1y2z'.repeat(26), /at most 128/],
    ['abababababab', /different/],
    ['PASSWORD1234', /first/],
    ['１２３４５６７８９０１２', /first/],
  ])('may not be %s', (password, why) => {
    expect(fault(password)).toMatch(why);
  });

  it('may not be the login, whatever the case', () => {
    expect(fault('Long.Login-Name', 'long.login-name')).toMatch(/login/);
  });
});

describe('roles', () => {
  it('stay within the kind of organisation', () => {
    expect(faultOfRoles('institution', ['account-manager', 'institution-admin'])).toBeUndefined();
    expect(faultOfRoles('institution', ['account-manager', 'operator'])).toMatch(/not operator$/);
    expect(faultOfRoles('enterprise', ['regulator'])).toBeDefined();
  });
});
