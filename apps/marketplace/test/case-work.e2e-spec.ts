import { createHash } from 'node:crypto';

import type { TestClient } from '../../../test/support/test-service.js';
import { CaseClockJob } from '../src/marketplace.module.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace/grabs';
const call = { method: 'PHONE', note: '与周会计通话，确认资金用途' };
const pdf = Buffer.from('%PDF-1.7\n% minutes of the visit\n');
const file = { name: '走访记录.pdf', mediaType: 'application/pdf', content: pdf.toString('base64') };

describe('the work of a bank on a case', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
    await market.app.get(CaseClockJob).pause();
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    market.clock.set('2026-11-23T02:00:00Z');
    expect(await market.miscounts()).toEqual([]);
  });

  const aCase = async (owner?: TestClient) => {
    const bank = owner ?? (await market.bank());
    const { id: needId, enterprise } = await market.need();
    const { body } = await market.grab(bank, needId);
    const id = body.id as string;
    return {
      bank,
      id,
      needId,
      enterprise,
      act: (name: string, said: object, by = bank) => by.post(`${root}/${id}/${name}`, said),
      progress: async (by: TestClient = bank) => (await by.get(`${root}/${id}/progress`)).body,
    };
  };
  const told = (topic: string, grabId: string) =>
    market.db.query<{ data: Record<string, unknown> }>(
      // An event on its way is in both places for a moment.
      `select event->>'id' as id, event->'data' as data from bus.message
       where topic = $1 and event->'data'->>'grabId' = $2
       union select event_id::text, data from marketplace.outbox where topic = $1 and data->>'grabId' = $2`,
      [topic, grabId],
    );

  it('is seen by the enterprise as facts, and read only by the bank and the operator', async () => {
    const { act, progress, enterprise } = await aCase();
    const kept = await act('attachments', { ...file, sha256: createHash('sha256').update(pdf).digest('hex') });
    expect([kept.status, kept.body.bytes]).toEqual([201, pdf.length]);
    market.clock.set('2026-11-23T05:30:00Z');
    const contact = await act('contact', {
      ...call,
      happenedAt: '2026-11-23T05:00:00Z',
      durationMinutes: 12,
      attachmentIds: [kept.body.id],
    });
    expect(contact.body).toMatchObject({ status: 'CONTACTED', firstContactMinutes: 210 });
    const inside = await progress();
    expect(inside.contacts).toMatchObject([{ note: call.note, first: true, durationMinutes: 12 }]);
    expect(inside.attachments).toMatchObject([{ id: kept.body.id, sha256: kept.body.sha256 }]);
    const outside = await progress(enterprise);
    expect(outside).toMatchObject({ firstContactMinutes: 210, attachments: [], nextAct: 'OFFER' });
    expect(outside.contacts).toEqual([{ ...inside.contacts[0], note: null, attachmentIds: [] }]);
    expect(JSON.stringify(outside)).not.toContain('周会计');
    expect((await progress(await market.as('operator'))).contacts[0].note).toBe(call.note);
  });

  it('hands a file to its bank and the operator, byte for byte, and to nobody else', async () => {
    const { act, bank, id, enterprise } = await aCase();
    const { body } = await act('attachments', file);
    const path = `${root}/${id}/attachments/${body.id}`;
    expect(Buffer.from((await bank.get(path)).body.content, 'base64')).toEqual(pdf);
    expect((await (await market.as('operator')).get(path)).status).toBe(200);
    expect((await enterprise.get(path)).status).toBe(403);
    expect((await (await market.bank()).get(path)).status).toBe(404);
    const other = await aCase(bank);
    expect((await bank.get(`${root}/${other.id}/attachments/${body.id}`)).status).toBe(404);
    const borrowed = await other.act('contact', { ...call, attachmentIds: [body.id] });
    expect(borrowed.body.code).toBe('MARKETPLACE.UNKNOWN_ATTACHMENT');
  });

  const wrongFiles: [string, object, number, string | undefined][] = [
    ['a page that calls itself a picture', { content: Buffer.from('<script>').toString('base64') }, 422, '/content'],
    ['text that is no base64', { content: '%%%' }, 422, '/content'],
    ['another digest', { sha256: '0'.repeat(64) }, 422, '/sha256'],
    ['a type that runs', { mediaType: 'text/html' }, 422, '/mediaType'],
    ['more than half a megabyte', { content: Buffer.alloc(524_289, '%PDF-').toString('base64') }, 413, undefined],
  ];
  it.each(wrongFiles)('refuses %s', async (_, wish, status, pointer) => {
    const { act } = await aCase();
    const answer = await act('attachments', { ...file, ...wish });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([status, pointer]);
  });

  it('keeps twenty files of a case and no more, whoever uploads at once', async () => {
    const { act } = await aCase();
    for (let i = 0; i < 19; i += 1) await act('attachments', file);
    const last = await Promise.all([1, 2, 3].map(() => act('attachments', file)));
    expect(last.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  });

  it('takes no contact from before the grab or from tomorrow: deadlines go by the clock of the market', async () => {
    const { act } = await aCase();
    for (const happenedAt of ['2026-11-23T01:59:59Z', '2026-11-23T02:00:01Z', '2026-11-23', 'yesterday'])
      expect((await act('contact', { ...call, happenedAt })).body.errors[0].pointer).toBe('/happenedAt');
    expect((await act('contact', { ...call, durationMinutes: 0 })).status).toBe(422);
  });

  it('plans one visit at a time; the report makes it a contact with evidence', async () => {
    const { act, progress, enterprise, id } = await aCase();
    const plannedAt = '2026-11-25T06:00:00Z';
    expect((await act('visits', { plannedAt })).body.code).toBe('MARKETPLACE.CONTACT_FIRST');
    await act('contact', { method: 'ONLINE', note: '1' });
    expect((await act('visits', { plannedAt: '2026-11-22T06:00:00Z' })).body.errors[0].pointer).toBe('/plannedAt');
    const visit = await act('visits', { plannedAt, place: '玉山镇厂区' });
    expect(visit.body).toMatchObject({ status: 'PLANNED', place: '玉山镇厂区' });
    expect((await act('visits', { plannedAt })).body.code).toBe('MARKETPLACE.VISIT_PLANNED');
    market.clock.set('2026-11-25T08:00:00Z');
    const report = { report: '查看产线，核对订单', heldAt: '2026-11-25T06:10:00Z', durationMinutes: 90 };
    const held = await act(`visits/${visit.body.id}/report`, report);
    expect(held.body).toMatchObject({ status: 'HELD', heldAt: '2026-11-25T06:10:00.000Z' });
    expect((await act(`visits/${visit.body.id}/report`, report)).body.code).toBe('MARKETPLACE.VISIT_OVER');
    const outside = await progress(enterprise);
    expect(outside).toMatchObject({
      status: 'IN_REVIEW',
      nextAct: 'OFFER',
      visits: [{ status: 'HELD', report: null }],
    });
    expect(outside.contacts).toMatchObject([{ method: 'ONLINE' }, { method: 'VISIT', durationMinutes: 90 }]);
    const states = (await told('marketplace.visit.changed.v1', id)).map(({ data }) => data['to']);
    expect(states).toEqual(['PLANNED', 'HELD']);
    expect(await told('marketplace.contact.recorded.v1', id)).toHaveLength(2);
  });

  it('calls a visit off, and then plans another', async () => {
    const { act } = await aCase();
    await act('contact', call);
    const visit = await act('visits', { plannedAt: '2026-11-25T06:00:00Z' });
    const off = await act(`visits/${visit.body.id}/cancellation`, { reason: '企业改期' });
    expect(off.body.status).toBe('CANCELLED');
    expect((await act('visits', { plannedAt: '2026-11-26T06:00:00Z' })).status).toBe(201);
  });

  it('keeps the first responder on record when the case is handed over, and tells both', async () => {
    const { bank, act, progress, id, enterprise } = await aCase();
    const colleague = await market.as('account-manager', { colleagueOf: bank.person! });
    const to = colleague.person!.personId;
    await act('contact', call);
    const team = (await bank.get(`${root}/team`)).body;
    expect(team.items).toEqual([
      expect.objectContaining({ id: bank.person!.personId, open: 1 }),
      expect.objectContaining({ id: to, open: 0 }),
    ]);
    expect((await enterprise.get(`${root}/team`)).status).toBe(403);
    expect((await act('transfer', { personId: to })).body.errors[0].pointer).toBe('/reason');
    expect((await act('transfer', { personId: to, reason: 'WORKLOAD' }, colleague)).status).toBe(403);
    expect((await act('transfer', { personId: bank.person!.personId, reason: 'WORKLOAD' })).body.code).toBe(
      'MARKETPLACE.OWNER_ALREADY',
    );
    const moved = await act('transfer', { personId: to, reason: 'SPECIALIST_TEAM', note: '转科技支行' });
    expect(moved.body).toMatchObject({ managerId: to, firstResponderId: bank.person!.personId });
    expect((await act('contact', call)).body.code).toBe('MARKETPLACE.NOT_THE_RESPONDER');
    expect((await act('contact', call, colleague)).status).toBe(200);
    const [event] = await told('marketplace.case.transferred.v1', id);
    expect(event!.data).toMatchObject({
      fromPersonId: bank.person!.personId,
      toPersonId: to,
      reason: 'SPECIALIST_TEAM',
      byPersonId: bank.person!.personId,
    });
    const seen = await progress(enterprise);
    expect([seen.manager.id, seen.firstResponder.id]).toEqual([to, bank.person!.personId]);
    const entries = await market.db.query(
      `select detail from marketplace.audit where subject_id = $1 and act = 'TRANSFERRED'`,
      [id],
    );
    expect(entries).toMatchObject([{ detail: { reason: 'SPECIALIST_TEAM', note: '转科技支行' } }]);
  });

  it('lets one of two colleagues record the first contact, who then owns the case', async () => {
    const { bank, act, progress } = await aCase();
    const colleague = await market.as('account-manager', { colleagueOf: bank.person! });
    const answers = await Promise.all([act('contact', call, bank), act('contact', call, colleague)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403]);
    const winner = answers[0]!.status === 200 ? bank : colleague;
    expect(await progress()).toMatchObject({ firstResponder: { id: winner.person!.personId } });
  });

  it('tells the enterprise in plain words why a case ended, without names and numbers', async () => {
    const { act, progress, enterprise, needId } = await aCase();
    await act('contact', call);
    const text = '请联系张经理 13912345678，身份证 320583199001011234';
    await act('decline', { reason: 'OTHER', text });
    const { ending } = await progress(enterprise);
    expect(ending).toMatchObject({ code: 'OTHER', said: { zh: expect.stringContaining('该行') } });
    expect(ending.next.en).toMatch(/account manager/);
    expect(ending.text).toContain('＊＊＊');
    for (const secret of ['13912345678', '320583199001011234', '张经理']) expect(ending.text).not.toContain(secret);
    const need = await enterprise.get(`/api/marketplace/needs/${needId}`);
    expect(need.body.grabs[0].ending).toEqual(ending);
  });

  it('is nobody else’s business, whatever the act', async () => {
    const { id, act } = await aCase();
    await act('contact', call);
    const visit = await act('visits', { plannedAt: '2026-11-25T06:00:00Z' });
    const bank = await market.bank();
    const firm = await market.enterprise();
    const source = await market.as('source');
    const acts: [string, object][] = [
      ['attachments', file],
      ['visits', { plannedAt: '2026-11-25T06:00:00Z' }],
      [`visits/${visit.body.id}/report`, { report: '1' }],
      [`visits/${visit.body.id}/cancellation`, { reason: '1' }],
      ['pause', { reason: 'WAITING_DOCUMENTS' }],
      ['resumption', {}],
    ];
    for (const [name, body] of acts) {
      expect([name, (await bank.post(`${root}/${id}/${name}`, body)).status]).toEqual([name, 404]);
      expect([name, (await source.post(`${root}/${id}/${name}`, body)).status]).toEqual([name, 403]);
    }
    for (const stranger of [bank, firm]) expect((await stranger.get(`${root}/${id}/progress`)).status).toBe(404);
    expect((await source.get(`${root}/${id}/progress`)).status).toBe(403);
    expect((await firm.post(`${root}/${id}/pause`, { reason: 'ENTERPRISE_REQUEST' })).status).toBe(404);
  });
});
