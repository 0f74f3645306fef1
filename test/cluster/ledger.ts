import { disbursementReported, grabChanged, needChanged, offerChanged } from '@app/contracts';

import { type Logged, logOf } from '../../libs/messaging/test/kafka-ground.js';
import type { TestCluster } from './cluster.js';
import type { Deal } from './market.js';

/** Counted by the regulator's service from events alone, which is the end of the longest way through the house. */
export interface Counted {
  kind: string;
  count: number;
  amount: bigint;
}

/** What supervision has made of the deals of these enterprises; nothing is summed up that could hide a double. */
export async function countedOf(cluster: TestCluster, usccs: string[]): Promise<Map<string, Counted>> {
  const rows = await cluster.query<{ kind: string; count: string; amount: string }>(
    `select kind, count(*) as count, sum(amount) as amount from supervision.fact where uscc = any($1) group by kind`,
    [usccs],
  );
  return new Map(
    rows.map(({ kind, count, amount }) => [
      kind,
      { kind, count: Number(count), amount: BigInt(amount.split('.')[0]!) },
    ]),
  );
}

/** Sums per kind over the increments, which would be too high when an event had been counted twice. */
export async function rollupIsFacts(cluster: TestCluster): Promise<unknown[]> {
  return cluster.query(
    `select kind, f.count as facts, r.count as rolled
     from (select kind, count(*) as count from supervision.fact group by kind) f
     full join (select kind, sum(count) as count from supervision.rollup group by kind) r using (kind)
     where f.count is distinct from r.count`,
  );
}

/** Every outbox is empty, so that nothing is still on its way to the bus; or that of one service. */
export async function outboxesEmpty(cluster: TestCluster, service = '%'): Promise<boolean> {
  const schemas = await cluster.query<{ name: string }>(
    `select table_schema as name from information_schema.tables where table_name = 'outbox' and table_schema like $1`,
    [service],
  );
  const waiting = schemas.map(({ name }) => `(select 1 from "${name}".outbox limit 1)`).join(' union all ');
  return (await cluster.query(waiting)).length === 0;
}

/** Events that no handler could take, in whatever service: a fault of the machinery must never park one. */
export async function parked(cluster: TestCluster): Promise<unknown[]> {
  const schemas = await cluster.query<{ name: string }>(
    `select table_schema as name from information_schema.tables where table_name = 'dead_letter'`,
  );
  return cluster.query(
    schemas.map(({ name }) => `select handler, topic, error from "${name}".dead_letter`).join(' union all '),
  );
}

/** Sums that PostgreSQL holds for these deals, from the service that owns them. */
export async function heldOf(cluster: TestCluster, deals: Deal[]): Promise<{ disbursements: number; paid: bigint }> {
  const [row] = await cluster.query<{ count: string; paid: string }>(
    `select count(*) as count, coalesce(sum(amount_fen), 0) as paid from marketplace_api.disbursement_v1
     where need_id = any($1)`,
    [deals.map(({ needId }) => needId)],
  );
  return { disbursements: Number(row!.count), paid: BigInt(row!.paid.split('.')[0]!) };
}

/** The log of Kafka, topic by topic: how many copies there are, and every step that does not follow from the one before. */
export async function logFaults(cluster: TestCluster): Promise<{ copies: number; breaks: string[] }> {
  const settings = { brokers: [cluster.brokers], prefix: '', replication: 1 };
  const subjects = { [needChanged.topic]: 'needId', [grabChanged.topic]: 'grabId', [offerChanged.topic]: 'offerId' };
  const breaks: string[] = [];
  let copies = 0;
  for (const topic of [...Object.keys(subjects), disbursementReported.topic]) {
    const { first, again } = withoutCopies(await logOf(settings, topic));
    copies += again;
    const subject = subjects[topic];
    if (subject) breaks.push(...brokenSteps(topic, subject, first));
  }
  return { copies, breaks };
}

function withoutCopies(logged: Logged[]): { first: Logged[]; again: number } {
  const seen = new Set<string>();
  const first = logged.filter(({ event }) => !seen.has(event.id) && seen.add(event.id));
  return { first, again: logged.length - first.length };
}

function brokenSteps(topic: string, subject: string, logged: Logged[]): string[] {
  const state = new Map<string, unknown>();
  const breaks: string[] = [];
  for (const { event } of logged) {
    const id = event.data[subject] as string;
    // A draft is nobody else's business: the first that is heard of a need is what became of it.
    const before = state.has(id) ? state.get(id) : topic === needChanged.topic ? 'DRAFT' : null;
    if (before !== event.data['from'])
      breaks.push(
        `${topic} ${id}: ${String(before)}, then ${String(event.data['from'])} to ${String(event.data['to'])}`,
      );
    state.set(id, event.data['to']);
  }
  return breaks;
}
