import { randomUUID } from 'node:crypto';

import { type Role, roles } from '@app/auth';
import { type ServedRoute, servedRoutes } from '@app/service';

import { services } from '../../apps/standalone/src/services.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { aPerson } from '../support/people.js';
import { startService, type TestService } from '../support/test-service.js';

/** Every role at every door: generated from the routes themselves, so that a new route is tested the day it is written. */
describe.each(services.map(({ parts, module }) => [parts.service, parts, module] as const))(
  'the doors of %s',
  (_name, parts, module) => {
    let db: TestDatabase;
    let service: TestService;
    let routes: ServedRoute[];
    const tokens = new Map<Role, string>();

    beforeAll(async () => {
      db = await freshDatabase();
      service = await startService(parts, module, { db });
      for (const role of roles) {
        const uscc = role === 'enterprise' ? '91320505MA1XT00150' : undefined;
        tokens.set(role, (await aPerson(db, { role, ...(uscc && { uscc }) })).token);
      }
      routes = servedRoutes(service.app).filter(({ method, access }) => method !== 'HEAD' && access !== undefined);
    });
    afterAll(async () => {
      await service.stop();
      await db.drop();
    });

    const knock = async (route: ServedRoute, token?: string) => {
      const answer = await service.app.inject({
        method: route.method as 'GET',
        url: route.url.replaceAll(/:[A-Za-z]+/g, randomUUID()),
        headers: { 'idempotency-key': randomUUID(), ...(token && { authorization: `Bearer ${token}` }) },
      });
      const type = answer.headers['content-type'] ?? '';
      return { status: answer.statusCode, code: type.includes('json') && answer.body ? answer.json().code : undefined };
    };

    it('has doors', () => {
      expect(routes.length).toBeGreaterThan(2);
    });

    it('lets nobody in without a token where one is needed', async () => {
      for (const route of routes) {
        const { code } = await knock(route);
        const refused = code === 'AUTH.NOT_SIGNED_IN';
        expect({ route: `${route.method} ${route.url}`, refused }).toEqual({
          route: `${route.method} ${route.url}`,
          refused: route.access !== 'public',
        });
      }
    });

    it('lets each role through its own doors only', async () => {
      for (const route of routes.filter(({ access }) => Array.isArray(access)))
        for (const role of roles) {
          const { status, code } = await knock(route, tokens.get(role));
          const door = { route: `${route.method} ${route.url}`, role };
          expect({ ...door, refused: code === 'AUTH.WRONG_ROLE' }).toEqual({
            ...door,
            refused: !(route.access as readonly Role[]).includes(role),
          });
          expect({ ...door, broken: status >= 500 }).toEqual({ ...door, broken: false });
        }
    });

    it('takes no forged, expired or foreign token', async () => {
      const own = routes.find(({ access }) => access !== 'public')!;
      const [head, , signature] = tokens.get('operator')!.split('.');
      const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      const payload = Buffer.from(JSON.stringify({ sub: 'x', org: 'x', sid: 'x', exp: 9_999_999_999 })).toString(
        'base64url',
      );
      for (const forged of [`${none}.${payload}.`, `${head}.${payload}.${signature}`, 'nonsense', '..'])
        expect((await knock(own, forged)).code).toBe('AUTH.NOT_SIGNED_IN');
    });
  },
);
