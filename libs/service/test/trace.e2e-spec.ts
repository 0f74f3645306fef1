import { Allow } from '@app/auth';
import { defineEvent, type EventEnvelope, field } from '@app/contracts';
import type { DatabaseParts } from '@app/database';
import { addToOutbox, drain, EventHandler, MessagingModule, type SingleHandler } from '@app/messaging';
import { flushTraces, registry, workContext } from '@app/observe';
import { Controller, Injectable, Module, Post } from '@nestjs/common';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { type Command, CurrentCommand, ServiceModule } from '../src/index.js';
import { type OtlpReceiver, receiveTraces } from './otlp-receiver.js';

/** A trial service on the schema of supervision, which has outbox and inbox like every service. */
const parts: DatabaseParts = { service: 'supervision', entities: [], migrations: [] };
const rung = defineEvent('supervision.bell.rung.v1', 'A bell rang.', 'bell', { bell: field.code() });

const heard: ReturnType<typeof workContext>[] = [];

@Injectable()
@EventHandler({ name: 'supervision.bell', events: [rung] })
class BellConsumer implements SingleHandler<{ bell: string }> {
  async handle(_event: EventEnvelope<{ bell: string }>): Promise<void> {
    heard.push(workContext());
  }
}

@Controller('bells')
class BellController {
  @Allow('operator')
  @Post()
  async ring(@CurrentCommand() { tx, now }: Command): Promise<void> {
    await addToOutbox(tx, rung, { bell: 'b1' }, now);
  }
}

@Module({
  imports: [ServiceModule.of(parts), MessagingModule.forService({ service: 'supervision', handlers: [BellConsumer] })],
  controllers: [BellController],
  providers: [BellConsumer],
})
class BellModule {}

describe('a traced act', () => {
  let receiver: OtlpReceiver;
  let service: TestService;
  beforeAll(async () => {
    receiver = await receiveTraces();
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = receiver.url;
    process.env['OTEL_TRACES_SAMPLER_ARG'] = '1';
    service = await startService(parts, BellModule);
  });
  afterAll(async () => {
    await service.stop();
    await receiver.close();
    delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    delete process.env['OTEL_TRACES_SAMPLER_ARG'];
  });

  it('is one trace from the request through outbox and bus to the consumer', async () => {
    const operator = await service.as('operator');
    const { status } = await operator.post('/api/supervision/bells', {}, { 'x-request-id': 'ring-the-bell' });
    expect(status).toBe(201);
    await drain();
    await flushTraces();
    const named = (name: string) => receiver.spans.find((span) => span.name === name);
    const request = named('POST /api/supervision/bells');
    const publish = named('supervision.bell.rung.v1 publish');
    const handle = named('supervision.bell handle');
    expect(publish).toMatchObject({ traceId: request!.traceId, parentSpanId: request!.spanId });
    expect(handle).toMatchObject({ traceId: request!.traceId, parentSpanId: publish!.spanId });
    expect(heard).toEqual([{ correlationId: 'ring-the-bell', service: 'supervision', traceId: request!.traceId }]);
  });

  it('goes on with a proxy of ours, and is begun by nobody else', async () => {
    const operator = await service.as('operator');
    const traceId = 'a'.repeat(32);
    const traceparent = `00-${traceId}-${'b'.repeat(16)}-01`;
    await operator.post('/api/supervision/bells', {}, { traceparent });
    const trust = process.env['TRUST_PROXY'];
    delete process.env['TRUST_PROXY'];
    await operator.post('/api/supervision/bells', {}, { traceparent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01` });
    process.env['TRUST_PROXY'] = trust;
    await drain();
    await flushTraces();
    const ids = receiver.spans.map((span) => span.traceId);
    expect(ids).toContain(traceId);
    expect(ids).not.toContain('c'.repeat(32));
  });

  it('is counted with its route, its handler, the outbox and the pool', async () => {
    const text = await registry.metrics();
    for (const line of [
      /^http_requests_total\{.*route="\/api\/supervision\/bells".* \d/m,
      /^messaging_handled_total\{handler="supervision.bell"\} 3/m,
      /^outbox_published_total\{service="supervision"\} 3/m,
      /^database_connections\{service="supervision",state="idle"\} \d/m,
      /^dead_letters\{service="supervision"\} 0/m,
    ])
      expect(text).toMatch(line);
  });
});
