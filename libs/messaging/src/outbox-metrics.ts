import { setTimeout as pause } from 'node:timers/promises';

import { registry } from '@app/observe';
import type pg from 'pg';
import { Gauge } from 'prom-client';

/** A database that hangs must not hold up whoever looks. */
const patienceMs = 2_000;

/** Outboxes whose relay leads in this process, by the connection that holds the lead. */
const led = new Map<string, pg.Client>();
let looking: Promise<unknown> | undefined;

/** Read when somebody asks: a relay whose bus is away stands still, and that is what is to be seen. */
const watched = (name: string, help: string): Gauge<'service'> =>
  new Gauge({ name, help, labelNames: ['service'], registers: [registry], collect: () => look() });

const depth = watched('outbox_depth', 'Events that wait in the outbox');
const age = watched('outbox_age_seconds', 'Age of the oldest event in the outbox');
const deadLetters = watched('dead_letters', 'Events that are parked and wait for an operator');

/** Measures an outbox from now on, until the function that comes back is called; `client` belongs to its leader. */
export function watchOutbox(service: string, client: pg.Client): () => void {
  led.set(service, client);
  return () => {
    if (led.get(service) !== client) return;
    led.delete(service);
    forget(service);
  };
}

/** One look for all gauges of a scrape. */
async function look(): Promise<void> {
  looking ??= Promise.all([...led].map(([service, client]) => measure(service, client))).finally(() => {
    looking = undefined;
  });
  await looking;
}

async function measure(service: string, client: pg.Client): Promise<void> {
  const asked = client.query<{ depth: string; age: number; parked: string }>(
    `select count(*) as depth, coalesce(extract(epoch from clock_timestamp() - min(added_at)), 0)::float8 as age,
       (select count(*) from "${service}".dead_letter where state = 'PARKED') as parked
     from "${service}".outbox`,
  );
  const answer = await Promise.race([asked, pause(patienceMs, undefined, { ref: false })]).catch(() => undefined);
  if (led.get(service) !== client) return;
  const row = answer?.rows[0];
  // What is not known is not shown: the value of a minute ago would look like that of now.
  if (!row) return forget(service);
  depth.set({ service }, Number(row.depth));
  age.set({ service }, row.age);
  deadLetters.set({ service }, Number(row.parked));
}

function forget(service: string): void {
  for (const gauge of [depth, age, deadLetters]) gauge.remove({ service });
}
