import { Public, SignedIn } from '@app/auth';
import type { DatabaseParts } from '@app/database';
import { registry } from '@app/observe';
import { Controller, Get, Module, Param } from '@nestjs/common';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { ServiceModule } from '../src/index.js';

const parts: DatabaseParts = { service: 'profiling', entities: [], migrations: [] };

@Controller('answers')
class AnswerController {
  @SignedIn()
  @Get('mine')
  mine(): { ok: boolean } {
    return { ok: true };
  }

  @Public()
  @Get(':id')
  read(@Param('id') id: string): { id: string } {
    return { id };
  }
}

@Module({ imports: [ServiceModule.of(parts)], controllers: [AnswerController] })
class AnswerModule {}

const path = '/api/profiling/answers';
const onData = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};

describe('what every answer carries', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(parts, AnswerModule);
  });
  afterAll(() => service.stop());

  it('tells browsers what to do with data, be it an answer, a refusal or nothing', async () => {
    for (const [at, status] of [
      [`${path}/1`, 200],
      [`${path}/mine`, 401],
      ['/api/profiling/nowhere', 404],
    ] as const) {
      const answer = await service.anyone.get(at);
      expect(answer.status).toBe(status);
      expect(answer.headers).toMatchObject(onData);
    }
  });

  it('tells them the rest on the pages of the documentation', async () => {
    const page = await service.anyone.get('/api/profiling/docs');
    expect(page.status).toBe(200);
    expect(page.headers).toMatchObject({
      ...onData,
      'cross-origin-opener-policy': 'same-origin',
      'origin-agent-cluster': '?1',
    });
  });

  it('has an id: the caller’s, or one of its own that no other answer has', async () => {
    const given = await service.anyone.get(`${path}/1`, { 'x-request-id': 'branch-42-0001' });
    expect(given.headers['x-request-id']).toBe('branch-42-0001');
    const ids = new Set<string>();
    for (let asked = 0; asked < 20; asked += 1)
      ids.add((await service.anyone.get(`${path}/1`, { 'x-request-id': 'no id!' })).headers['x-request-id']!);
    expect(ids.size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('opens by the cookie of a browser as by the token of a program', async () => {
    const { person } = await service.as('regulator');
    const byCookie = await service.anyone.get(`${path}/mine`, { cookie: `theme=dark; access=${person!.token}` });
    expect(byCookie.body).toEqual({ ok: true });
  });

  it('is counted and timed by its route, whatever stands in its place of an id', async () => {
    const before = await linesOf();
    for (const id of ['a', 'b', 'c']) await service.anyone.get(`${path}/${id}`);
    await service.anyone.get(`${path}/mine`);
    const labels = 'service="profiling",method="GET",route="/api/profiling/answers/';
    const risen = async (line: string) => (await linesOf()).get(line)! - (before.get(line) ?? 0);
    expect(await risen(`http_requests_total{${labels}:id",status="200"}`)).toBe(3);
    expect(await risen(`http_requests_total{${labels}mine",status="401"}`)).toBe(1);
    expect(await risen(`http_request_duration_seconds_count{${labels}:id"}`)).toBe(3);
    expect(await risen(`http_request_duration_seconds_bucket{le="+Inf",${labels}:id"}`)).toBe(3);
    expect(await risen(`http_request_duration_seconds_sum{${labels}:id"}`)).toBeGreaterThan(0);
  });
});

async function linesOf(): Promise<Map<string, number>> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line.startsWith('http_'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}
