import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import { type DataOf, type EventDefinition, type EventEnvelope, grabChanged, needChanged } from '@app/contracts';
import { makeUscc } from '@app/kernel';
import type { TestingModuleBuilder } from '@nestjs/testing';
import { DataSource } from 'typeorm';

import { startService, type TestClient, type TestService } from '../../../../test/support/test-service.js';
import { database } from '../../src/data-source.js';
import { SmsSender, RecordingSms } from '../../src/delivery/sms-sender.driver.js';
import { NotificationModule } from '../../src/notification.module.js';
import { TellingConsumer } from '../../src/telling/telling.consumer.js';

type DataIn<E> = E extends EventDefinition<infer D> ? D : never;
export type { DataOf };

let serial = 500;
export const root = '/api/notification';

/** The service with the people of a small town, and a way to let it hear events without the services that tell them. */
export interface Town extends TestService {
  sms: RecordingSms;
  enterprise(): Promise<TestClient & { uscc: string }>;
  hear<D extends object>(definition: EventDefinition<D>, ...data: D[]): Promise<EventEnvelope<D>[]>;
  /** The same events again, as a bus may do. */
  hearAgain(events: EventEnvelope<object>[]): Promise<void>;
}

export async function startTown(
  override: (builder: TestingModuleBuilder) => TestingModuleBuilder = (builder) => builder,
): Promise<Town> {
  const sms = new RecordingSms();
  const service = await startService(database, NotificationModule, {
    override: (builder) => override(builder.overrideProvider(SmsSender).useValue(sms)),
  });
  const hearAgain = async (events: EventEnvelope<object>[]) => {
    const consumer = service.app.get(TellingConsumer);
    await service.app.get(DataSource).transaction((tx) => consumer.handle(events as EventEnvelope<never>[], tx));
  };
  return Object.assign(service, {
    sms,
    enterprise: async () => {
      serial += 1;
      const uscc = makeUscc('320583', serial);
      return Object.assign(await service.as('enterprise', { uscc, name: `光能${serial}有限公司` }), { uscc });
    },
    hear: async <D extends object>(definition: EventDefinition<D>, ...data: D[]) => {
      const events = data.map((one) => envelope(definition, one, service.clock.now()));
      await hearAgain(events);
      return events;
    },
    hearAgain,
  });
}

export const envelope = <D extends object>(definition: EventDefinition<D>, data: D, at: Date): EventEnvelope<D> => ({
  id: randomUUID(),
  topic: definition.topic,
  key: String(data[definition.key]),
  at: at.toISOString(),
  correlationId: 'test',
  data,
});

const frozen = (uscc: string) => ({
  needId: randomUUID(),
  uscc,
  district: '320583',
  industry: '39',
  tier: 'T3',
  scoreBand: 'B',
  modelVersion: 'm1',
  needAmountFen: '500000000',
  termMonths: 12,
  security: 'UNSECURED',
});

export const aNeedChange = (uscc: string, more: object = {}): DataIn<typeof needChanged> => ({
  ...frozen(uscc),
  from: 'SUBMITTED',
  to: 'PUBLISHED',
  reason: null,
  suspended: false,
  publishedAt: '2026-11-23T02:00:00.000Z',
  ...more,
});

/** A grab of a bank's manager. */
export const aGrabChange = (uscc: string, manager: TestClient, more: object = {}): DataIn<typeof grabChanged> => ({
  ...frozen(uscc),
  institutionId: manager.person!.organisationId,
  institutionCode: manager.person!.organisationCode,
  grabId: randomUUID(),
  managerId: manager.person!.personId,
  from: null,
  to: 'ACTIVE',
  reason: null,
  intendedFen: '300000000',
  limitVersion: 1,
  grabbedAt: '2026-11-23T02:00:00.000Z',
  contactedAt: null,
  ...more,
});

/** Lets the service be reached over a real socket. */
export async function serve(service: TestService): Promise<string> {
  const server = service.app.getHttpServer();
  if (!server.listening) await service.app.listen(0, '127.0.0.1');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
