import type { Day } from '@app/kernel';

import type { TestClient } from '../../../test/support/test-service.js';
import { deadlineOf, deadlineSql } from '../src/grab/case.rules.js';
import { CaseClockJob, Housekeeping } from '../src/marketplace.module.js';
import { type Market, offerBody, startMarket } from './support/market.js';

const root = '/api/marketplace/grabs';
const call = { method: 'PHONE', note: '1' };
const end = (day: string) => `${day}T15:59:59.999Z`;

type CaseRow = Parameters<typeof deadlineOf>[0] & { validTo: Day | null; due: Date | null };

describe('the clocks of a case', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
    await market.app.get(Housekeeping).pause();
    await market.app.get(CaseClockJob).pause();
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    market.clock.set('2026-11-23T02:00:00Z');
    expect(await market.miscounts()).toEqual([]);
  });

  /** A contacted case of a large need: ten working days to decide, until Monday 7 December. */
  const aCase = async ({ contacted = true } = {}) => {
    const bank = await market.bank();
    const { id: needId, enterprise } = await market.need({ security: 'MORTGAGE' });
    const { body } = await market.grab(bank, needId);
    const id = body.id as string;
    const act = (name: string, said: object, by: TestClient = bank) => by.post(`${root}/${id}/${name}`, said);
    if (contacted) await act('contact', call);
    return { bank, id, needId, enterprise, act };
  };
  const statusOf = async (id: string) => {
    const [row] = await market.db.query<{ status: string; ended_reason: string | null }>(
      'select status, ended_reason from marketplace.grab where id = $1',
      [id],
    );
    return row!;
  };
  const told = (topic: string, grabId: string) =>
    market.db.query<{ data: Record<string, unknown> }>(
      // An event on its way is in both places for a moment.
      `select event->>'id' as id, event->'data' as data from bus.message
       where topic = $1 and event->'data'->>'grabId' = $2
       union select event_id::text, data from marketplace.outbox where topic = $1 and data->>'grabId' = $2`,
      [topic, grabId],
    );
  const tick = async (at: string) => {
    market.clock.set(at);
    await market.app.get(CaseClockJob).runAt(market.clock.now());
    await market.keepHouse();
  };

  it('stand still while the bank waits for papers, and run on exactly where they stood', async () => {
    const { act, id, bank, enterprise } = await aCase();
    market.clock.set('2026-11-25T02:00:00Z');
    const paused = await act('pause', {
      reason: 'WAITING_DOCUMENTS',
      workdays: 5,
      note: '请致电 13912345678 补充报表',
    });
    expect(paused.body).toMatchObject({ fromDay: '2026-11-25', toDay: '2026-12-02', workdays: 5, endedAt: null });
    expect(paused.body.decideBy).toBe(end('2026-12-14'));
    const seen = (await enterprise.get(`${root}/${id}/progress`)).body;
    expect(seen).toMatchObject({ paused: true, pauses: [{ reason: 'WAITING_DOCUMENTS', side: 'INSTITUTION' }] });
    expect(seen.pauses[0].note).not.toContain('13912345678');
    market.clock.set('2026-11-30T02:00:00Z');
    const resumed = await act('resumption', {});
    // Thursday, Friday and Monday stood still: three of the five days.
    expect(resumed.body).toMatchObject({ toDay: '2026-11-30', workdays: 3, decideBy: end('2026-12-10') });
    expect((await act('resumption', {})).body.code).toBe('MARKETPLACE.NOT_PAUSED');
    const inside = (await bank.get(`${root}/${id}/progress`)).body;
    expect(inside).toMatchObject({ paused: false, deadline: end('2026-12-10') });
    await tick('2026-12-10T15:00:00Z');
    expect((await statusOf(id)).status).toBe('CONTACTED');
    await tick('2026-12-10T16:00:00Z');
    expect(await statusOf(id)).toEqual({ status: 'LAPSED', ended_reason: 'DECISION_DEADLINE' });
    const changes = (await told('marketplace.clock.changed.v1', id)).map(({ data }) => data['change']);
    expect(changes).toEqual(['PAUSED', 'RESUMED']);
  });

  it('run again by themselves when a pause is over, also when nobody is at work that night', async () => {
    const { act, id } = await aCase();
    await act('pause', { reason: 'WAITING_DOCUMENTS', workdays: 2 });
    await tick('2026-11-26T02:00:00Z');
    const [row] = await market.db.query<{ at: Date; ended_by: null }>(
      'select ended_at as at, ended_by from marketplace.case_pause where grab_id = $1',
      [id],
    );
    expect([row!.at.toISOString(), row!.ended_by]).toEqual([end('2026-11-25'), null]);
    await tick('2026-11-26T03:00:00Z');
    expect(await told('marketplace.clock.changed.v1', id)).toHaveLength(2);
    // A second pause starts from the deadlines that held before the first.
    const again = await act('pause', { reason: 'WAITING_THIRD_PARTY', workdays: 1 });
    expect(again.body.decideBy).toBe(end('2026-12-10'));
  });

  it('may be paused again on the morning after, before any job has run', async () => {
    const { act } = await aCase();
    await act('pause', { reason: 'WAITING_DOCUMENTS', workdays: 1 });
    market.clock.set('2026-11-24T02:00:00Z');
    expect((await act('pause', { reason: 'WAITING_DOCUMENTS' })).body.code).toBe('MARKETPLACE.ALREADY_PAUSED');
    market.clock.set('2026-11-25T02:00:00Z');
    expect((await act('pause', { reason: 'WAITING_DOCUMENTS', workdays: 1 })).status).toBe(200);
  });

  it('are each side’s to stop within its days, and the operator’s for what is nobody’s fault', async () => {
    const { act, enterprise } = await aCase();
    const operator = await market.as('operator');
    expect((await act('pause', { reason: 'ENTERPRISE_REQUEST' })).status).toBe(403);
    expect((await act('pause', { reason: 'FORCE_MAJEURE' })).body.code).toBe('MARKETPLACE.NOT_YOUR_PAUSE');
    expect((await act('pause', { reason: 'WAITING_DOCUMENTS' }, enterprise)).status).toBe(403);
    expect((await act('pause', { reason: 'ENTERPRISE_REQUEST', workdays: 11 }, enterprise)).body.code).toBe(
      'MARKETPLACE.PAUSE_USED_UP',
    );
    expect((await act('pause', { reason: 'ENTERPRISE_REQUEST', workdays: 10 }, enterprise)).status).toBe(200);
    expect((await act('pause', { reason: 'WAITING_DOCUMENTS' })).body.code).toBe('MARKETPLACE.ALREADY_PAUSED');
    expect((await act('resumption', {})).body.code).toBe('MARKETPLACE.NOT_YOUR_PAUSE');
    expect((await act('resumption', {}, operator)).status).toBe(200);
    const flood = await act('pause', { reason: 'FORCE_MAJEURE', workdays: 20 }, operator);
    expect(flood.body).toMatchObject({ side: 'OPERATOR', workdays: 20 });
  });

  it('of a first contact stop for nobody but the operator, and not after an offer', async () => {
    const fresh = await aCase({ contacted: false });
    expect((await fresh.act('pause', { reason: 'WAITING_DOCUMENTS' })).body.code).toBe('MARKETPLACE.CONTACT_FIRST');
    const outage = await fresh.act('pause', { reason: 'PLATFORM_OUTAGE', workdays: 1 }, await market.as('operator'));
    expect(outage.body.contactBy).toBe(end('2026-11-25'));
    await tick('2026-11-25T02:00:00Z');
    expect((await statusOf(fresh.id)).status).toBe('ACTIVE');
    await tick('2026-11-25T16:00:00Z');
    expect((await statusOf(fresh.id)).ended_reason).toBe('CONTACT_DEADLINE');
    market.clock.set('2026-11-23T02:00:00Z');
    const offered = await aCase();
    await offered.act('offers', { ...offerBody, security: 'MORTGAGE' });
    expect((await offered.act('pause', { reason: 'WAITING_DOCUMENTS' })).body.code).toBe('MARKETPLACE.WRONG_STATE');
  });

  it('decide, and not the job that follows them: nothing keeps a place, or gives it back, after its deadline', async () => {
    const fresh = await aCase({ contacted: false });
    const decided = await aCase();
    market.clock.set('2026-11-24T15:59:59.999Z');
    expect((await (await aCase({ contacted: false })).act('contact', call)).status).toBe(200);
    market.clock.set('2026-11-24T16:00:00.000Z');
    const late = [
      await fresh.act('contact', call),
      await fresh.act('release', {}),
      await fresh.act('decline', { reason: 'POOR_CREDIT' }),
    ];
    market.clock.set('2026-12-07T16:00:00.000Z');
    late.push(await decided.act('offers', { ...offerBody, security: 'MORTGAGE' }));
    late.push(await decided.act('decline', { reason: 'POOR_CREDIT' }));
    expect(late.map(({ body }) => body.code)).toEqual(late.map(() => 'MARKETPLACE.DEADLINE_PASSED'));
    await market.keepHouse();
    expect(await statusOf(fresh.id)).toEqual({ status: 'LAPSED', ended_reason: 'CONTACT_DEADLINE' });
    expect(await statusOf(decided.id)).toEqual({ status: 'LAPSED', ended_reason: 'DECISION_DEADLINE' });
  });

  it('give one of two pauses that come at once', async () => {
    const { act, enterprise } = await aCase();
    const answers = await Promise.all([
      act('pause', { reason: 'WAITING_DOCUMENTS', workdays: 2 }),
      act('pause', { reason: 'ENTERPRISE_REQUEST', workdays: 2 }, enterprise),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('remind once, a working day before, whoever has to act', async () => {
    const { act, id } = await aCase();
    const reminders = async () =>
      (await told('marketplace.deadline.neared.v1', id)).map(({ data }) => [
        data['act'],
        data['waitsFor'],
        data['deadline'],
      ]);
    await tick('2026-12-04T02:00:00Z');
    expect(await reminders()).toEqual([]);
    // The last working day before Monday 7 December is Friday the 4th; its end is the time.
    await tick('2026-12-05T02:00:00Z');
    await tick('2026-12-06T02:00:00Z');
    const decide = ['OFFER', 'INSTITUTION', end('2026-12-07')];
    expect(await reminders()).toEqual([decide]);
    await act('offers', { ...offerBody, security: 'MORTGAGE', validTo: '2026-12-09' });
    await tick('2026-12-08T15:00:00Z');
    expect(await reminders()).toEqual([decide]);
    await Promise.all([tick('2026-12-08T16:00:00Z'), tick('2026-12-08T16:00:00Z')]);
    expect(await reminders()).toEqual([decide, ['ACCEPTANCE', 'ENTERPRISE', end('2026-12-09')]]);
  });

  it('remind earlier where the operator wishes so, and not of a clock that stands', async () => {
    const { act, id } = await aCase();
    await market.limit('reminderWorkdays', 3);
    await act('pause', { reason: 'WAITING_DOCUMENTS', workdays: 10 });
    await tick('2026-12-03T02:00:00Z');
    expect(await told('marketplace.deadline.neared.v1', id)).toEqual([]);
    market.clock.set('2026-12-03T02:00:00Z');
    await act('resumption', {});
    await tick('2026-12-17T02:00:00Z');
    expect(await told('marketplace.deadline.neared.v1', id)).toMatchObject([{ data: { deadline: end('2026-12-17') } }]);
  });

  it('say the same in the database as in the rules, for every case of this file', async () => {
    await aCase({ contacted: false });
    const [offered, accepted] = [await aCase(), await aCase()];
    await offered.act('offers', { ...offerBody, security: 'MORTGAGE' });
    const offer = await accepted.act('offers', { ...offerBody, security: 'MORTGAGE' });
    await accepted.enterprise.post(`/api/marketplace/offers/${offer.body.id}/acceptance`);
    const rows = await market.db.query<CaseRow>(
      `select g.status, g.contact_by as "contactBy", g.evidence_by as "evidenceBy", g.evidence_at as "evidenceAt",
              g.decide_by as "decideBy", g.draw_by as "drawBy", o.valid_to::text as "validTo", ${deadlineSql} as due
       from marketplace.grab g left join marketplace.offer o
         on o.need_id = g.need_id and o.grab_id = g.id and o.status in ('OPEN', 'ACCEPTED')`,
    );
    expect(new Set(rows.map(({ status }) => status)).size).toBeGreaterThan(4);
    for (const { due, validTo, ...facts } of rows) expect(deadlineOf(facts, validTo)?.at ?? null).toEqual(due);
  });
});
