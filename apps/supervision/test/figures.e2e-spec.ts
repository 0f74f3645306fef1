import type { EventEnvelope } from '@app/contracts';
import { dayOf } from '@app/kernel';
import { fc, test } from '@fast-check/jest';
import { DataSource } from 'typeorm';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import { FactConsumer } from '../src/fact/fact.consumer.js';
import { Facts } from '../src/fact/fact.service.js';
import { Reconciliations } from '../src/reconciliation/reconciliation.service.js';
import { SupervisionModule } from '../src/supervision.module.js';
import { authorisation, bankOf, leave, type Market, type NeedWish, needWish, play, usccOf } from './market.js';

let service: TestService;
beforeAll(async () => {
  service = await startService(database, SupervisionModule);
});
afterAll(() => service.stop());

const forget = async () => {
  await service.db.query(
    'truncate supervision.fact, supervision.rollup, supervision.margin, supervision.reach, supervision.reconciliation',
  );
  await service.db.query(
    'truncate marketplace.need, marketplace.grab, marketplace.offer, marketplace.disbursement cascade',
  );
};
beforeEach(forget);

/** Hands events over in batches of one topic, as the bus does, each in a transaction of its own. */
async function hear(events: readonly EventEnvelope<object>[], batch = 7): Promise<void> {
  const consumer = service.app.get(FactConsumer);
  for (const topic of new Set(events.map((event) => event.topic))) {
    const lane = events.filter((event) => event.topic === topic);
    for (let at = 0; at < lane.length; at += batch)
      await service.app.get(DataSource).transaction((tx) => consumer.handle(lane.slice(at, at + batch), tx));
  }
}

/** All that is kept, but for what came to nothing. */
const rolled = async () => [
  await service.db.query(`select kind, day::text, district, industry2, tier, institution, detail, count::text,
    amount::text, weight::text from supervision.rollup where count <> 0 order by 1, 2, 3, 4, 5, 6, 7`),
  await service.db.query(`select cut, kind, step::text, cell, bucket, count::text, amount::text, weight::text
    from supervision.margin where count <> 0 order by 1, 2, 3, 4, 5`),
  await service.db.query(`select cut, kind, step::text, step_before::text, cell, enterprises::text
    from supervision.reach where enterprises <> 0 order by 1, 2, 3, 4, 5`),
];

/** The same sums without any of the service's own code: straight from what was wished. */
async function bruteForce({ rows }: Market) {
  const of = (table: string) =>
    rows.filter((one) => one.table === table).map(({ row }) => row as Record<string, never>);
  const months = new Map<string, Record<string, bigint>>();
  const add = (at: Date | string, name: string, by: bigint) => {
    const month = (typeof at === 'string' && at.length === 10 ? at : dayOf(new Date(at))).slice(0, 7);
    const sums = months.get(month) ?? {};
    months.set(month, { ...sums, [name]: (sums[name] ?? 0n) + by });
  };
  for (const need of of('need')) {
    add(need['published_at']!, 'needs', 1n);
    add(need['published_at']!, 'needFen', BigInt(need['amount_fen']!));
  }
  for (const grab of of('grab')) {
    add(grab['grabbed_at']!, 'grabs', 1n);
    if (grab['contacted_at']) add(grab['contacted_at'], 'contacts', 1n);
    if (grab['status'] === 'DECLINED') add(grab['ended_at']!, 'declines', 1n);
  }
  for (const offer of of('offer')) {
    add(offer['made_at']!, 'offers', 1n);
    if (offer['accepted_at']) add(offer['accepted_at'], 'acceptances', 1n);
  }
  const needs = new Map(of('need').map((need) => [need['id'], need['uscc']]));
  const first = new Map<string, string>();
  for (const paid of of('disbursement')) {
    const [uscc, drawnOn] = [needs.get(paid['need_id'])! as string, paid['drawn_on']! as string];
    add(drawnOn, 'paid', BigInt(paid['amount_fen']!));
    if (drawnOn < (first.get(uscc) ?? '9')) first.set(uscc, drawnOn);
  }
  for (const drawnOn of first.values()) add(drawnOn, 'firstLoans', 1n);
  return Object.fromEntries([...months].map(([month, sums]) => [month, textOf(sums)]));
}

const names = ['needs', 'needFen', 'grabs', 'contacts', 'declines', 'offers', 'acceptances', 'paid', 'firstLoans'];
const textOf = (sums: Record<string, bigint>) => names.map((name) => `${name} ${sums[name] ?? 0n}`).join(', ');

/** The months of the published view in the same words. */
async function published() {
  const rows = await service.db.query<Record<string, string>>(
    `select month, sum(needs_published) as needs, sum(need_amount_fen) as "needFen", sum(grabs) as grabs,
            sum(contacts) as contacts, sum(declines) as declines, sum(offers) as offers,
            sum(acceptances) as acceptances, sum(disbursed_fen) as paid, sum(first_loans) as "firstLoans"
     from supervision_api.rollup_v1 group by month`,
  );
  const full = rows.map(({ month, ...sums }) => [month!, names.map((name) => `${name} ${sums[name]}`).join(', ')]);
  return Object.fromEntries(full.filter(([, text]) => text !== textOf({})));
}

describe('figures from events', () => {
  test.prop([fc.array(needWish, { maxLength: 12 }), fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 9 })], {
    numRuns: 25,
  })(
    'equal a count over what happened, whatever the order, however often each is heard',
    async (wishes, dice, batch) => {
      await forget();
      const market = play(wishes);
      // Some events come twice: as the same, and as a copy under another id.
      const heard = market.events.flatMap((event) => {
        const copies = [event, event, { ...event, id: crypto.randomUUID() }];
        return copies.slice(0, 1 + (dice.next().value! % 3));
      });
      const shuffled = heard.map((event) => [dice.next().value!, event] as const).toSorted(([a], [b]) => a - b);
      await hear(
        shuffled.map(([, event]) => event),
        batch,
      );
      expect(await published()).toEqual(await bruteForce(market));
      await leave(service.db, market);
      expect(await service.app.get(Reconciliations).reconcile()).toMatchObject({ status: 'EQUAL', differences: [] });
      const before = await rolled();
      await service.app.get(DataSource).transaction((tx) => service.app.get(Facts).rebuild(tx));
      expect(await rolled()).toEqual(before);
    },
  );

  const one = (wish: Partial<NeedWish>): NeedWish => ({
    enterprise: 1,
    district: '320505',
    industry: '39',
    tier: 'T2',
    amountFen: 100n,
    cases: [],
    publishedAt: new Date('2026-08-31T15:59:59.999Z'),
    ...wish,
  });

  it('gives the last millisecond of a month in Suzhou to that month and the next to the next', async () => {
    await hear(play([one({}), one({ publishedAt: new Date('2026-08-31T16:00:00.000Z') })]).events);
    expect(
      await service.db.query(`select month, day::text, needs_published from supervision_api.rollup_v1 order by 2`),
    ).toEqual([
      { month: '2026-08', day: '2026-08-31', needs_published: '1' },
      { month: '2026-09', day: '2026-09-01', needs_published: '1' },
    ]);
  });

  it('moves a first loan when an earlier payout is reported later', async () => {
    const paid = {
      bank: 1,
      hoursToContact: 1,
      offerFen: 500n,
      rateBp: 400,
      end: 'DISBURSED' as const,
      paidDaysLater: 0,
    };
    const early = play([one({ publishedAt: new Date('2026-06-05T02:00:00Z'), cases: [paid] })]);
    const late = play([one({ tier: 'T4', publishedAt: new Date('2026-08-05T02:00:00Z'), cases: [paid] })]);
    const firsts = () =>
      service.db.query(`select month, tier from supervision_api.rollup_v1 where first_loans = 1 order by 1`);
    await hear(late.events);
    expect(await firsts()).toEqual([{ month: '2026-08', tier: 'T4' }]);
    await hear(early.events);
    expect(await firsts()).toEqual([{ month: '2026-06', tier: 'T2' }]);
  });

  it('counts a payment once that was corrected', async () => {
    const paid = {
      bank: 1,
      hoursToContact: 1,
      offerFen: 500n,
      rateBp: 400,
      end: 'DISBURSED' as const,
      paidDaysLater: 0,
    };
    const { events } = play([one({ publishedAt: new Date('2026-06-05T02:00:00Z'), cases: [paid] })]);
    const wrong = events.find(({ topic }) => topic === 'marketplace.disbursement.reported.v1')!;
    const entry = (paidFen: string) => ({
      ...wrong,
      id: crypto.randomUUID(),
      data: { ...wrong.data, disbursementId: crypto.randomUUID(), paidFen },
    });
    await hear([...events, entry('-500'), entry('450')]);
    const [sums] = await service.db.query(
      `select sum(disbursements) as payments, sum(disbursed_fen) as fen, sum(first_loans) as first
       from supervision_api.rollup_v1`,
    );
    expect(sums).toEqual({ payments: '1', fen: '450', first: '1' });
  });

  it('counts signed and revoked authorisations to the city', async () => {
    const at = (text: string) => new Date(text);
    await hear([
      ...authorisation(1, at('2026-07-31T17:00:00Z'), at('2026-09-01T02:00:00Z')),
      ...authorisation(2, at('2026-08-02T02:00:00Z')),
    ]);
    const rows = await service.db.query(
      `select month, sum(authorisations_signed) as signed, sum(authorisations_revoked) as revoked
       from supervision_api.rollup_v1 group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { month: '2026-08', signed: '2', revoked: '0' },
      { month: '2026-09', signed: '0', revoked: '1' },
    ]);
  });

  it('lets lanes that touch the same cells at once wait for each other', async () => {
    const cases = [0, 1, 2, 3].map((bank) => ({
      bank,
      hoursToContact: 2,
      offerFen: 900n,
      rateBp: 300,
      paidDaysLater: 1,
      end: 'DISBURSED' as const,
    }));
    const wishes = Array.from({ length: 40 }, (_, index) => one({ enterprise: index, cases }));
    const market = play(wishes);
    const lane = (number: number) =>
      market.events.filter(({ key }) => wishes.findIndex((wish) => usccOf(wish.enterprise) === key) % 4 === number);
    await Promise.all([0, 1, 2, 3].map((number) => hear(lane(number), 5)));
    expect(await published()).toEqual(await bruteForce(market));
    const [bank] = await service.db.query(
      `select sum(grabs) as grabs from supervision_api.rollup_v1 where institution = $1`,
      [bankOf(2)],
    );
    expect(bank).toEqual({ grabs: '40' });
  });
});
