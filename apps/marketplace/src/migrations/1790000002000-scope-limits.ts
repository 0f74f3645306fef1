import type { MigrationInterface, QueryRunner } from 'typeorm';

const fromTheStart = '2015-01-01T00:00:00+08:00';
const design = '平台设计值，待运营确认';

interface First {
  what: string;
  value: string;
  reason: string;
  grade?: string;
}

const firstValues: First[] = [
  { what: 'singleHouseholdMaxFen', value: '"1000000000000"', reason: '单户限额；可按机构等级或单家机构另定' },
  { what: 'directedWindowWorkdays', value: '1', reason: '定向给一家银行的需求，先由它看一个工作日' },
  { what: 'houseBankWindowWorkdays', value: '2', reason: '选择基本户行优先的需求，先由它看两个工作日' },
  { what: 'fairWindowSeconds', value: '0', reason: '默认先到先得；大于零时先密封报名再公开抽签' },
  { what: 'wishedFairWindowSeconds', value: '120', reason: '企业自选公平窗口时的密封时长' },
  { what: 'drawDailyQuota', value: '20', reason: '一家机构一天最多抽中的名额' },
  { what: 'drawDailyQuota', value: '40', reason: '服务质量 A 级机构', grade: 'A' },
  { what: 'drawDailyQuota', value: '10', reason: '服务质量 C 级机构', grade: 'C' },
  { what: 'drawDailyQuota', value: '5', reason: '服务质量 D 级机构', grade: 'D' },
  { what: 'maxOpenGrabsPerInstitution', value: '35', reason: '服务质量 C 级机构', grade: 'C' },
  { what: 'maxOpenGrabsPerInstitution', value: '20', reason: '服务质量 D 级机构', grade: 'D' },
  { what: 'maxWaitingPerNeed', value: '20', reason: '名额满后排队的机构数；零为不排队' },
  { what: 'maxWaitingPerInstitution', value: '50', reason: '一家机构同时排队的需求数' },
  { what: 'headroomFirstBp', value: '8000', reason: '限额用到八成时提醒' },
  { what: 'headroomSecondBp', value: '9500', reason: '限额用到九成五时再提醒' },
  { what: 'institutionRequestsPerSecond', value: '1000', reason: '一家机构每秒的抢单请求数，防止脚本占满通道' },
  { what: 'personRequestsPerSecond', value: '500', reason: '一名客户经理每秒的抢单请求数' },
];

/** Overrides of limits, the grades that they go by, and alerts when a limit is nearly used up. */
export class ScopeLimits1790000002000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table limit_change
        alter column value drop not null,
        add column institution_id uuid,
        add column product_id uuid,
        add column district text,
        add column grade text check (grade in ('A', 'B', 'C', 'D')),
        add check (value is not null or num_nonnulls(institution_id, product_id, district, grade) > 0)`);
    await addFirstValues(run);
    await run.query(`
      create table institution_grade (
        institution_id uuid not null,
        effective_from timestamptz not null,
        grade text not null check (grade in ('A', 'B', 'C', 'D')),
        source text not null,
        primary key (institution_id, effective_from)
      )`);
    // One row per crossing: while it is not cleared, the same threshold is not crossed again.
    await run.query(`
      create table headroom_alert (
        id uuid primary key,
        at timestamptz not null,
        subject text not null check (subject in ('INSTITUTION', 'MANAGER', 'NEED')),
        subject_id uuid not null,
        what text not null,
        threshold_bp integer not null,
        used bigint not null,
        limit_value bigint not null,
        limit_version integer not null,
        cleared_at timestamptz
      )`);
    await run.query(`
      create unique index headroom_alert_standing on headroom_alert (subject, subject_id, what, threshold_bp)
      where cleared_at is null`);
    await run.query('create index headroom_alert_at on headroom_alert (id desc)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table headroom_alert');
    await run.query('drop table institution_grade');
    await run.query(
      `
      delete from limit_change
      where num_nonnulls(institution_id, product_id, district, grade) > 0 or what = any($1)`,
      [[...new Set(firstValues.filter(({ grade }) => !grade).map(({ what }) => what))]],
    );
    await run.query(`
      alter table limit_change drop column institution_id, drop column product_id, drop column district,
        drop column grade, alter column value set not null`);
  }
}

async function addFirstValues(run: QueryRunner): Promise<void> {
  for (const { what, value, reason, grade } of firstValues)
    await run.query(
      `insert into limit_change
         (id, what, value, effective_from, source, reason, status, version, proposed_at, decided_at, grade)
       values (gen_random_uuid(), $1, $2, $3, $4, $5, 'APPROVED', nextval('limit_version'), $3, $3, $6)`,
      [what, value, fromTheStart, design, reason, grade ?? null],
    );
}
