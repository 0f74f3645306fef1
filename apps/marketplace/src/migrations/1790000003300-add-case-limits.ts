import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As far back as the first values of all other parameters. */
const fromTheStart = '2015-01-01T00:00:00+08:00';
const design = '平台设计值，待运营确认';

const firstValues: [what: string, value: string, reason: string][] = [
  ['maxPauseWorkdays', '10', '企业或银行一方对一个客户可暂停计时的工作日总数'],
  ['maxOperatorPauseWorkdays', '60', '不可抗力或平台故障可暂停计时的工作日总数'],
  ['reminderWorkdays', '1', '按工作日计算的时限到期前几个工作日提醒，0 为不提醒'],
  ['reminderHours', '24', '报价有效期和放款期限到期前几小时提醒，0 为不提醒'],
  ['reofferWorkdays', '2', '撤回报价后至少保留的重新报价时间'],
  ['complaintAnswerWorkdays', '5', '机构答复投诉的时限'],
];

/** Parameters of the work on cases: data with an effective date, like all others. */
export class AddCaseLimits1790000003300 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    for (const [what, value, reason] of firstValues)
      await run.query(
        `insert into limit_change
           (id, what, value, effective_from, source, reason, status, version, proposed_at, decided_at)
         values (gen_random_uuid(), $1, $2, $3, $4, $5, 'APPROVED', nextval('limit_version'), $3, $3)`,
        [what, value, fromTheStart, design, reason],
      );
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('delete from limit_change where what = any($1::text[])', [firstValues.map(([what]) => what)]);
  }
}
