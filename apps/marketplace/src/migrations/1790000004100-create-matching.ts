import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const fromTheStart = '2015-01-01T00:00:00+08:00';
const design = '平台设计值，待运营确认';

/** Weights and bounds of matching, lists and campaigns with their first values; each is a guess to be confirmed. */
const firstValues: [what: string, value: number, reason: string][] = [
  ['fitRateWeight', 40, '企业看产品：利率最要紧'],
  ['fitBandWeight', 40, '银行看线索：创新积分档最要紧'],
  ['fitAmountWeight', 25, '额度是否有余地'],
  ['fitTermWeight', 15, '期限是否有余地'],
  ['fitFamilyWeight', 20, '产品类别是否对路'],
  ['maxSearchesPerPerson', 20, '一人保存的搜索数'],
  ['maxSearchAlertsPerDay', 50, '一人一天的即时提醒数，超出部分进每日汇总'],
  ['searchDigestHour', 8, '每日汇总的钟点（上海时间）'],
  ['maxListingEntries', 2000, '一张榜单的企业数'],
  ['listingBanksPerEntry', 1, '榜上一家企业可由几家银行揭榜，发榜时可另定'],
  ['listingOpenPerInstitution', 20, '一家银行在一张榜单上同时在办的揭榜数，发榜时可另定'],
  ['maxCampaignTargets', 2000, '一次首贷行动的企业数'],
  ['firstLoanIdleDays', 30, '分配后无走访记录超过此天数，改派其他银行'],
  ['firstLoanOpenPerInstitution', 50, '一家银行同时在办的首贷走访户数'],
  ['firstLoanWeightA', 4, '服务质量 A 级机构的分配权重'],
  ['firstLoanWeightB', 3, '服务质量 B 级或未评级机构的分配权重'],
  ['firstLoanWeightC', 2, '服务质量 C 级机构的分配权重'],
  ['firstLoanWeightD', 1, '服务质量 D 级机构的分配权重'],
];

/** Inputs of matches, which never change, and how well each lead fits each bank now. */
export class CreateMatching1790000004100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    for (const [what, value, reason] of firstValues)
      await run.query(
        `insert into limit_change
           (id, what, value, effective_from, source, reason, status, version, proposed_at, decided_at)
         values (gen_random_uuid(), $1, $2::text::jsonb, $3, $4, $5, 'APPROVED', nextval('limit_version'), $3, $3)`,
        [what, String(value), fromTheStart, design, reason],
      );
    await run.query(`
      create table match_input (
        need_id uuid not null,
        id uuid not null,
        at timestamptz not null,
        facts jsonb not null,
        primary key (need_id, id)
      )`);
    await makeAppendOnly(run, 'match_input');
    await run.query(`
      create table lead_fit (
        need_id uuid not null,
        institution_id uuid not null,
        rank integer not null,
        points integer not null,
        outcome text not null check (outcome in ('FITS', 'OPEN')),
        product_id uuid not null,
        product_version integer not null,
        input_id uuid not null,
        limit_version integer not null,
        matched_at timestamptz not null,
        primary key (need_id, institution_id)
      )`);
    await run.query('create index lead_fit_institution on lead_fit (institution_id, rank desc, need_id)');
    await run.query('create table match_state (one boolean primary key check (one), weights text not null)');
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['match_state', 'lead_fit', 'match_input']) await run.query(`drop table ${table}`);
    await run.query('delete from limit_change where what = any($1)', [firstValues.map(([what]) => what)]);
  }
}
