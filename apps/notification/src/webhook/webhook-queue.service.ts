import { must, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { kindOf } from '../kind/kind.rules.js';
import type { Told } from '../telling/told.rules.js';

const institutionOf = ({ to }: Told): string | undefined => {
  if ('adminsOf' in to) return to.adminsOf;
  return 'person' in to ? to.institutionId : undefined;
};

/** Queues what institutions' own systems asked for. */
@Injectable()
export class WebhookQueue {
  /** Texts of `told` hold only what the kind names. Once per endpoint, kind, subject and source. */
  async add(tx: EntityManager, told: readonly Told[], now: Date): Promise<void> {
    const wanted = told.filter((one) => kindOf(one.kind).webhook && institutionOf(one) !== undefined);
    if (wanted.length === 0) return;
    const endpoints: { id: string; organisation_id: string; kinds: string[] }[] = await tx.query(
      `select id, organisation_id, kinds from webhook_endpoint
       where organisation_id = any($1) and state <> 'REMOVED'`,
      [[...new Set(wanted.map((one) => must(institutionOf(one), 'filtered above')))]],
    );
    const rows = endpoints.flatMap((endpoint) =>
      wanted
        .filter((one) => institutionOf(one) === endpoint.organisation_id && endpoint.kinds.includes(one.kind))
        .map((one) => rowOf(endpoint.id, one, now)),
    );
    if (rows.length > 0) await insert(tx, rows, now);
  }

  /** A message that says nothing, to try out a receiver. */
  async ping(tx: EntityManager, endpointId: string, now: Date): Promise<string> {
    const id = uuidv7(now);
    const body = bodyOf('ping', now.toISOString(), {});
    await insert(tx, [{ id, endpoint_id: endpointId, kind: 'ping', subject: id, source_id: id, body }], now);
    return id;
  }
}

const bodyOf = (type: string, timestamp: string, data: object): string => JSON.stringify({ type, timestamp, data });

const rowOf = (endpointId: string, { kind, subject, sourceId, at, variables }: Told, now: Date): object => ({
  id: uuidv7(now),
  endpoint_id: endpointId,
  kind,
  subject,
  source_id: sourceId,
  body: bodyOf(kind, at, variables),
});

async function insert(tx: EntityManager, rows: readonly object[], now: Date): Promise<void> {
  await tx.query(
    `insert into webhook_message (id, endpoint_id, kind, subject, source_id, body, state, not_before, created_at)
     select id, endpoint_id, kind, subject, source_id, body, 'QUEUED', $2, $2
     from json_to_recordset($1::json) as heard (id uuid, endpoint_id uuid, kind text, subject text, source_id uuid,
       body text)
     on conflict do nothing`,
    [JSON.stringify(rows), now],
  );
}
