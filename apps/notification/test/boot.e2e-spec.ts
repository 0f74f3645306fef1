import { startService, type TestService } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import { NotificationModule } from '../src/notification.module.js';

describe('notification alone', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(database, NotificationModule);
  });
  afterAll(() => service.stop());

  it('boots with everything injected, and is ready', async () => {
    const answer = await service.anyone.get('/api/notification/health/ready');
    expect(answer.status).toBe(200);
  });

  it('answers an unknown route with a problem', async () => {
    const answer = await service.anyone.get('/api/notification/nothing-here');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});
