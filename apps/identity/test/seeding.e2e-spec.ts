import { makeUscc } from '@app/kernel';

import type { TestService } from '../../../test/support/test-service.js';
import { Seeding, type SeedPerson } from '../src/identity.module.js';
import { me, operatorPassword, signIn, startIdentity } from './ground.js';

const city = { kind: 'operator', code: 'OPERATOR', name: '信桥平台运营中心' } as const;
const bank = { kind: 'institution', code: 'JINJI', name: '金鸡银行', memberships: ['CREDIT'] as 'CREDIT'[] } as const;

const people: SeedPerson[] = [
  { login: 'operator', displayName: '平台运营员', roles: ['operator'], organisation: city, tryThis: '审批' },
  { login: 'jinji-zhang', displayName: '张经理', roles: ['account-manager'], organisation: bank, tryThis: '抢单' },
  { login: 'jinji-extra', displayName: '临时', roles: ['account-manager'], organisation: bank, password: null },
];

describe('the demo city’s people', () => {
  let service: TestService;
  let seeding: Seeding;
  beforeAll(async () => {
    service = await startIdentity({ demo: 'city' });
    seeding = service.app.get(Seeding);
    expect(await seeding.isSeeded()).toBe(false);
    await seeding.seedPeople(people, 'demo');
  });
  afterAll(() => service.stop());

  const count = async () => (await service.db.query('select 1 from identity.person')).length;
  const listed = async (of = service) => (await of.anyone.get('/api/identity/demo-people')).body;

  it('sign in with the demo password, but for those who only act in its history', async () => {
    expect((await signIn(service, 'operator', 'demo')).status).toBe(201);
    expect((await signIn(service, 'jinji-zhang', 'demo')).body.person.organisation).toMatchObject({
      code: 'JINJI',
      memberships: ['CREDIT'],
    });
    expect((await signIn(service, 'jinji-extra', 'demo')).status).toBe(401);
    const accessToken = await seeding.accessTokenOf('jinji-extra');
    expect((await me(service, { body: { accessToken } } as never)).body.login).toBe('jinji-extra');
  });

  it('are offered on the sign-in page without their password', async () => {
    expect(await listed()).toEqual([
      { login: 'operator', name: '平台运营员', organisation: city.name, role: 'operator', tryThis: '审批' },
      { login: 'jinji-zhang', name: '张经理', organisation: bank.name, role: 'account-manager', tryThis: '抢单' },
    ]);
  });

  it('are the same after another start, with the password of that start', async () => {
    await seeding.seedPeople(people, 'demo');
    await seeding.seedPeople(people, null);
    expect([await count(), await seeding.isSeeded()]).toEqual([3, true]);
    expect((await signIn(service, 'operator', 'demo')).status).toBe(201);
    await seeding.seedPeople(people, 'another demo');
    expect((await signIn(service, 'jinji-zhang', 'another demo')).status).toBe(201);
    expect((await signIn(service, 'jinji-zhang', 'demo')).status).toBe(401);
    expect((await signIn(service, 'jinji-extra', 'another demo')).status).toBe(401);
  });

  it('may be thousands', async () => {
    const firms = Array.from({ length: 2_500 }, (_, index): SeedPerson => {
      const uscc = makeUscc('320583', index);
      const organisation = { kind: 'enterprise', code: uscc, uscc, name: `昆山${index}有限公司` } as const;
      return { login: `firm-${index}`, displayName: '会计', roles: ['enterprise'], organisation, password: null };
    });
    await seeding.seedPeople(firms, 'another demo');
    expect(await count()).toBe(2_503);
  });

  it('do not exist without the city, and a real operator takes over', async () => {
    const session = await signIn(service, 'operator', 'another demo');
    const plain = await startIdentity({ db: service.db, demo: 'none' });
    expect(await listed(plain)).toEqual([]);
    expect((await me(plain, session)).status).toBe(401);
    expect((await signIn(plain, 'jinji-zhang', 'another demo')).status).toBe(401);
    expect((await signIn(plain, 'operator', 'another demo')).status).toBe(401);
    expect((await signIn(plain, 'operator', operatorPassword)).status).toBe(201);
    await expect(plain.app.get(Seeding).seedPeople(people, 'demo')).rejects.toThrow(/demo city only/);
    await plain.stop();
  });
});
