import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Old enough for every need that the platform has ever seen; the demo city makes a past year. */
const fromTheStart = '2015-01-01T00:00:00+08:00';
const design = '[design] spec 10 §1.3.3';

/** Every parameter of the market with its first value. What has no source is a guess for the operator to confirm. */
const firstValues: [what: string, value: string, reason: string][] = [
  ['placesLimited', 'true', '限额 read as a cap on the banks of one need (A)'],
  ['amountLimited', 'true', '限额 read as a cap on the sum of the amounts that banks intend (B)'],
  ['openGrabsLimited', 'true', '限额 read as a cap on open grabs of one bank and one manager (C)'],
  ['maxGrabsPerNeed', '5', 'choice for the enterprise without calling fatigue'],
  ['overSubscriptionBp', '30000', 'intended amounts may sum to three times the need'],
  ['maxOpenGrabsPerInstitution', '50', 'stops hoarding'],
  ['maxOpenGrabsPerManager', '10', 'stops hoarding'],
  ['maxDailyGrabsPerInstitution', '200', 'contacts cannot be harvested by grab and release'],
  ['maxDailyGrabsPerManager', '30', 'contacts cannot be harvested by grab and release'],
  ['needOpenDays', '15', 'natural days'],
  ['needExtensionDays', '15', 'natural days'],
  ['maxNeedExtensions', '1', 'one extension'],
  ['maxOpenNeedsPerEnterprise', '3', 'one enterprise does not fill the board'],
  ['firstContactWorkdays', '1', 'a fast first contact is what the payout time of three working days implies'],
  ['evidenceWorkdays', '3', 'a call or a visit'],
  ['decisionWorkdays', '10', 'decision on an ordinary need'],
  ['smallDecisionWorkdays', '5', 'decision on a small unsecured need: five working days in Huai’an [found: F44]'],
  ['smallNeedMaxFen', '"500000000"', 'up to 500 万元 an unsecured need is a small one'],
  ['drawdownDays', '90', 'an accepted offer without money runs out after so many natural days'],
  ['payoutFeedbackWorkdays', '3', 'report of money paid out, after the payout [found: F43]'],
  ['lapsesToSuspend', '3', 'lapses within the window that suspend a bank from grabbing'],
  ['lapseWindowDays', '30', 'window of the lapses'],
  ['suspensionDays', '7', 'length of the suspension'],
  ['freeWithdrawals', '2', 'withdrawals of published needs within the window without a penalty'],
  ['withdrawalWindowDays', '90', 'window of the withdrawals'],
  ['withdrawalPenaltyDays', '7', 'days without publication after one withdrawal too many'],
  ['exclusiveWindowMinutes', '0', 'open needs have none; directed needs come later'],
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
    for (const [what, value, reason] of firstValues)
      await run.query(
        `insert into limit_change
           (id, what, value, effective_from, source, reason, status, version, proposed_at, decided_at)
         values (gen_random_uuid(), $1, $2, $3, $4, $5, 'APPROVED', nextval('limit_version'), $3, $3)`,
        [what, value, fromTheStart, design, reason],
      );
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table limit_change');
    await run.query('drop sequence limit_version');
  }
}
