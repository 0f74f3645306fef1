import { Allow, Public } from '@app/auth';
import type { DatabaseParts } from '@app/database';
import { Controller, Get, Module, Post } from '@nestjs/common';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { NotACommand, ServiceModule } from '../src/index.js';

const parts: DatabaseParts = { service: 'supervision', entities: [], migrations: [] };

@Controller('trials')
class TrialController {
  @Public()
  @Get()
  read(): void {}

  @Allow('operator')
  @Post()
  act(): void {}

  @Allow('operator')
  @NotACommand('changes nothing')
  @Post('reckoning')
  reckon(): void {}
}

@Module({ imports: [ServiceModule.of(parts)], controllers: [TrialController] })
class TrialModule {}

describe('the contract that a service publishes', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(parts, TrialModule);
  });
  afterAll(() => service.stop());

  it('says of every route that a refusal is a problem, and of every command that it takes a key', async () => {
    const { body } = await service.anyone.get('/api/supervision/openapi.json');
    const { '/api/supervision/trials': trials, '/api/supervision/trials/reckoning': reckoning } = body.paths;
    for (const operation of [trials.get, trials.post, reckoning.post])
      expect(operation.responses['4XX']).toEqual({ $ref: '#/components/responses/Problem' });
    const keys = (operation: { parameters: { name: string }[] }) => operation.parameters.map(({ name }) => name);
    expect([trials.get, trials.post, reckoning.post].map(keys)).toEqual([[], ['Idempotency-Key'], []]);
    expect(JSON.stringify(body)).not.toContain('x-not-a-command');
  });
});
