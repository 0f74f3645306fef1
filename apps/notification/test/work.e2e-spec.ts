import { randomUUID } from 'node:crypto';

import {
  caseTransferred,
  complaintChanged,
  deadlineNeared,
  flagRaised,
  institutionsScored,
  listingChanged,
  safetyNoted,
  searchHit,
  takeUpChanged,
} from '@app/contracts';

import type { TestClient } from '../../../test/support/test-service.js';
import { root, startTown, type Town } from './support/town.js';

describe('what people are told of the work on cases', () => {
  let town: Town;
  let enterprise: Awaited<ReturnType<Town['enterprise']>>;
  let manager: TestClient;
  let admin: TestClient;
  beforeAll(async () => {
    town = await startTown();
    enterprise = await town.enterprise();
    manager = await town.as('account-manager', { name: '太湖银行' });
    admin = await town.as('institution-admin', { colleagueOf: manager.person! });
  });
  beforeEach(() => town.db.query('truncate notification.notice, notification.mailbox cascade'));
  afterAll(() => town.stop());

  const bankCase = () => ({
    needId: randomUUID(),
    grabId: randomUUID(),
    uscc: enterprise.uscc,
    institutionId: manager.person!.organisationId,
    institutionCode: manager.person!.organisationCode,
    managerId: manager.person!.personId,
  });
  const heardBy = async (client: TestClient): Promise<string[]> =>
    (await client.get(`${root}/notifications`)).body.items.map(
      ({ title, text }: { title: string; text: string }) => `${title} | ${text}`,
    );

  it('reminds whoever has to act, the bank or the enterprise', async () => {
    const deadline = '2026-11-24T15:59:59.999Z';
    await town.hear(
      deadlineNeared,
      { ...bankCase(), act: 'CONTACT', waitsFor: 'INSTITUTION', deadline },
      { ...bankCase(), act: 'ACCEPTANCE', waitsFor: 'ENTERPRISE', deadline },
    );
    expect(await heardBy(manager)).toEqual([
      '个案时限将到 | 请在 2026-11-24 23:59 前完成：首次联系。逾期将收回名额并计入逾期次数。',
    ]);
    expect(await heardBy(enterprise)).toEqual([
      '太湖银行的报价即将到期 | 太湖银行的报价 2026-11-24 23:59 到期，请比较后决定是否接受。',
    ]);
  });

  it('tells both ends of a hand-over, but nobody of what they did themselves', async () => {
    const next = await town.as('account-manager', { colleagueOf: manager.person! });
    const [fromPersonId, toPersonId] = [manager.person!.personId, next.person!.personId];
    const handOver = { ...bankCase(), managerId: toPersonId, fromPersonId, toPersonId, reason: 'LEAVE' };
    await town.hear(caseTransferred, { ...handOver, byPersonId: fromPersonId });
    expect([(await heardBy(manager)).length, (await heardBy(next)).length]).toEqual([0, 1]);
    await town.hear(caseTransferred, { ...handOver, byPersonId: admin.person!.personId });
    expect([(await heardBy(manager)).length, (await heardBy(next)).length]).toEqual([1, 2]);
  });

  it('carries a complaint to the bank, its answer and its end back to the enterprise', async () => {
    const complaint = {
      ...bankCase(),
      complaintId: randomUUID(),
      category: 'NO_CONTACT',
      answerBy: '2026-12-01T15:59:59Z',
    };
    await town.hear(complaintChanged, { ...complaint, from: null, to: 'OPEN', upheld: null });
    expect([(await heardBy(manager)).length, (await heardBy(admin)).length]).toEqual([1, 1]);
    await town.hear(complaintChanged, { ...complaint, from: 'OPEN', to: 'ANSWERED', upheld: null });
    await town.hear(complaintChanged, { ...complaint, from: 'ANSWERED', to: 'CLOSED', upheld: true });
    expect((await heardBy(enterprise)).map((text) => text.split(' | ')[0])).toEqual([
      '对太湖银行的投诉已办结',
      '太湖银行答复了您的投诉',
    ]);
    expect((await heardBy(admin))[0]).toContain('投诉成立');
  });

  it('brings a saved search’s hit to its person, masked', async () => {
    await town.hear(searchHit, {
      personId: manager.person!.personId,
      institutionId: manager.person!.organisationId,
      searchId: randomUUID(),
      searchName: '光电',
      needId: randomUUID(),
      district: '320583',
      industry: '39',
      tier: 'T3',
      scoreBand: 'B',
      amountBand: '100-500',
      termMonths: 12,
      security: 'UNSECURED',
    });
    expect(await heardBy(manager)).toEqual([
      '“光电”有新线索 | 计算机通信电子·昆山市，100-500 万元，12 个月。名额有限，先到先得。',
    ]);
    expect(await heardBy(admin)).toEqual([]);
  });

  it('announces a list to the admins of every bank on the marketplace, and a take-up to the enterprise', async () => {
    const outsider = await town.as('institution-admin', { memberships: ['CREDIT'] });
    const other = await town.as('institution-admin');
    const list = {
      listingId: randomUUID(),
      ownerId: randomUUID(),
      title: '光电“卡脖子”攻关榜',
      entries: 12,
      closesOn: '2026-12-31',
    };
    await town.hear(listingChanged, { ...list, status: 'DRAFT' }, { ...list, status: 'PUBLISHED' });
    for (const client of [admin, other]) expect((await heardBy(client))[0]).toContain('12 家企业，2026-12-31 截止');
    expect([await heardBy(outsider), await heardBy(manager)]).toEqual([[], []]);
    await town.hear(takeUpChanged, {
      uscc: enterprise.uscc,
      listingId: list.listingId,
      entryId: randomUUID(),
      takeUpId: randomUUID(),
      institutionId: manager.person!.organisationId,
      institutionCode: manager.person!.organisationCode,
      personId: manager.person!.personId,
      from: null,
      to: 'TAKEN',
      amountFen: null,
      district: '320583',
      industry: '39',
      tier: 'T3',
    });
    expect(await heardBy(enterprise)).toEqual(['太湖银行揭榜对接贵企业 | 太湖银行已揭榜，将与您联系。']);
  });

  it('tells a bank of something equal elsewhere, operators of oddities, and banks of their scores', async () => {
    const operator = await town.as('operator');
    const { institutionId, institutionCode, needId, grabId } = bankCase();
    await town.hear(safetyNoted, {
      noteId: randomUUID(),
      institutionId,
      institutionCode,
      needId,
      grabId,
      what: 'EQUAL_PLEDGE',
    });
    await town.hear(flagRaised, { flagId: randomUUID(), kind: 'HOARDING' });
    await town.hear(institutionsScored, { month: '2026-10', institutions: 12, gradesFrom: '2026-11-30T16:00:00Z' });
    expect(await heardBy(admin)).toEqual([
      '2026-10 服务质量评分已公布 | 12 家机构参评；等级自 2026-12-01 00:00 起影响限额。',
      '重复登记提示：另有相同的押品登记 | 另有相同的押品登记。请自行核实；平台不透露登记方。',
    ]);
    expect((await heardBy(operator))[0]).toContain('囤单不联系');
  });
});
