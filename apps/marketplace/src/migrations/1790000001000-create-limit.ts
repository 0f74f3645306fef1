import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Old enough for every need that the platform has ever seen; the demo city makes a past year. */
const fromTheStart = '2015-01-01T00:00:00+08:00';
const design = '平台设计值，待运营确认';

/** Every parameter of the market with its first value. What has no source is a guess for the operator to confirm. */
const firstValues: [what: string, value: string, reason: string, source?: string][] = [
  ['placesLimited', 'true', '限额读法 A：限制一个需求的银行家数'],
  ['amountLimited', 'true', '限额读法 B：限制各银行拟贷金额之和'],
  ['openGrabsLimited', 'true', '限额读法 C：限制一家银行、一名客户经理的在办数'],
  ['maxGrabsPerNeed', '5', '企业有得选，又不被电话打扰'],
  ['overSubscriptionBp', '30000', '拟贷金额之和最多为需求的三倍'],
  ['maxOpenGrabsPerInstitution', '50', '防止囤单'],
  ['maxOpenGrabsPerManager', '10', '防止囤单'],
  ['maxDailyGrabsPerInstitution', '200', '防止以抢了又放的方式收集联系方式'],
  ['maxDailyGrabsPerManager', '30', '防止以抢了又放的方式收集联系方式'],
  ['needOpenDays', '15', '自然日'],
  ['needExtensionDays', '15', '自然日'],
  ['maxNeedExtensions', '1', '可延长一次'],
  ['maxOpenNeedsPerEnterprise', '3', '一家企业不占满大厅'],
  ['firstContactWorkdays', '1', '平均三个工作日放款，首次联系必须快', '江苏省综合金融服务平台公布的时效'],
  ['evidenceWorkdays', '3', '电话或上门留痕'],
  ['decisionWorkdays', '10', '一般需求的审批时限'],
  ['smallDecisionWorkdays', '5', '小额信用需求受理后五个工作日办结', '淮安市中小企业融资服务市场考核办法'],
  ['smallNeedMaxFen', '"500000000"', '500 万元以内的信用需求为小额'],
  ['drawdownDays', '90', '接受报价后超过此自然日数仍未放款即失效'],
  ['payoutFeedbackWorkdays', '3', '放款后反馈时限', '粤信融流程第五步'],
  ['lapsesToSuspend', '3', '窗口期内逾期达到此次数，暂停抢单'],
  ['lapseWindowDays', '30', '统计逾期的窗口期'],
  ['suspensionDays', '7', '暂停抢单的天数'],
  ['freeWithdrawals', '2', '窗口期内可无责撤回已发布需求的次数'],
  ['withdrawalWindowDays', '90', '统计撤回的窗口期'],
  ['withdrawalPenaltyDays', '7', '超出次数后暂停发布的天数'],
  ['exclusiveWindowMinutes', '0', '公开需求没有独占期'],
];

/** Limits are data with an effective date: a change is proposed by one operator and approved by another. */
export class CreateLimit1790000001000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('create sequence limit_version as integer');
    await run.query(`
      create table limit_change (
        id uuid primary key,
        what text not null,
        value jsonb not null,
        effective_from timestamptz not null,
        source text not null,
        reason text not null,
        status text not null check (status in ('PENDING', 'APPROVED', 'REJECTED')),
        version integer unique,
        proposed_by uuid,
        proposed_at timestamptz not null,
        decided_by uuid,
        decided_at timestamptz,
        decision_note text,
        check ((status = 'APPROVED') = (version is not null)),
        check ((status = 'PENDING') = (decided_at is null)),
        check (decided_by <> proposed_by)
      )`);
    await run.query('create index limit_change_what on limit_change (what, effective_from)');
    for (const [what, value, reason, source = design] of firstValues)
      await run.query(
        `insert into limit_change
           (id, what, value, effective_from, source, reason, status, version, proposed_at, decided_at)
         values (gen_random_uuid(), $1, $2, $3, $4, $5, 'APPROVED', nextval('limit_version'), $3, $3)`,
        [what, value, fromTheStart, source, reason],
      );
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table limit_change');
    await run.query('drop sequence limit_version');
  }
}
