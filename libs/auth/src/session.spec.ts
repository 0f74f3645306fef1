import { jest } from '@jest/globals';
import type { DataSource } from 'typeorm';

import { NotSignedIn } from './auth.error.js';
import { SessionReader } from './session.js';
import { hasMembership, hasRole } from './viewer.js';

const row = {
  session_id: 's',
  person_id: 'p',
  display_name: '张经理',
  roles: ['account-manager'],
  organisation_id: 'o',
  organisation_kind: 'institution',
  organisation_code: 'JINJI',
  organisation_name: '金鸡银行',
  organisation_status: 'ACTIVE',
  uscc: null,
  memberships: ['CREDIT'],
  must_change_password: false,
};

describe('reading sessions', () => {
  let rows: object[];
  let looks: number;
  let sessions: SessionReader;
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-23T02:00:00Z') });
    [rows, looks] = [[row], 0];
    const query = () => {
      looks += 1;
      return Promise.resolve(rows);
    };
    sessions = new SessionReader({ manager: { query } } as unknown as DataSource);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('says who it is, with exactly the roles and memberships of the view', async () => {
    const { viewer, mustChangePassword } = await sessions.read('s');
    expect(viewer).toMatchObject({ personId: 'p', organisation: { code: 'JINJI', status: 'ACTIVE', uscc: null } });
    expect([hasRole(viewer, 'account-manager', 'operator'), hasRole(viewer, 'operator')]).toEqual([true, false]);
    expect([hasMembership(viewer, 'CREDIT'), hasMembership(viewer, 'MARKETPLACE')]).toEqual([true, false]);
    expect(mustChangePassword).toBe(false);
  });

  it('shares one look within a second, and no longer', async () => {
    await Promise.all([sessions.read('s'), sessions.read('s')]);
    jest.setSystemTime(Date.now() + 999);
    await sessions.read('s');
    expect(looks).toBe(1);
    jest.setSystemTime(Date.now() + 1);
    await sessions.read('s');
    expect(looks).toBe(2);
  });

  it('refuses an ended session a second later at the latest, and does not remember the refusal', async () => {
    await sessions.read('s');
    rows = [];
    jest.setSystemTime(Date.now() + 1_000);
    await expect(sessions.read('s')).rejects.toThrow(NotSignedIn);
    rows = [row];
    await expect(sessions.read('s')).resolves.toMatchObject({ viewer: { sessionId: 's' } });
  });
});
