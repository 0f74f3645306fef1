import { isDatabaseAway, isLostRace } from './database-failure.js';

const failure = (code: string, message = 'x', more: object = {}): Error =>
  Object.assign(new Error(message), { code, ...more });

describe('failures of the database', () => {
  it.each(['08006', '53300', '57P01', '25006', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])(
    'takes %s for a database that is away',
    (code) => expect(isDatabaseAway(failure(code))).toBe(true),
  );

  it.each([
    'Connection terminated unexpectedly',
    'Client was closed and is not queryable',
    'Query runner already released.',
  ])('knows the words of the driver: %s', (message) => expect(isDatabaseAway(new Error(message))).toBe(true));

  it.each(['23505', '42P01', '40001', '57014', ''])('does not take %s for one', (code) =>
    expect(isDatabaseAway(failure(code))).toBe(false),
  );

  it('tells a missing socket of the server from a missing file', () => {
    expect(isDatabaseAway(failure('ENOENT', 'x', { syscall: 'connect' }))).toBe(true);
    expect(isDatabaseAway(failure('ENOENT', 'x', { syscall: 'open' }))).toBe(false);
  });

  it('knows a lost race of locks, which is worth another try', () => {
    expect(['40001', '40P01', '23505'].map((code) => isLostRace(failure(code)))).toEqual([true, true, false]);
    expect([isLostRace('40001'), isLostRace(undefined), isDatabaseAway('ECONNRESET')]).toEqual([false, false, false]);
  });
});
