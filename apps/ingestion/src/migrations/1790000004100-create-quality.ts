import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How good what is held is: findings, what they come to per enterprise, feed and day, missed promises, and letters. */
export class CreateQuality1790000004100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await createFindings(run);
    await createFigures(run);
    await run.query('create index batch_by_day on batch (received_at)');
    await run.query(`
      create table freshness_alert (
        feed_id smallint not null references feed (id),
        raised_at timestamptz not null,
        missed_on date not null,
        newest_report_date date not null,
        promised_days int not null,
        ended_at timestamptz,
        primary key (feed_id, raised_at)
      )`);
    await run.query('create unique index freshness_alert_open on freshness_alert (feed_id) where ended_at is null');
    await run.query(`
      create table quality_letter (
        id uuid primary key,
        source text not null,
        month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
        issued_at timestamptz not null,
        issued_by uuid,
        figures jsonb not null,
        markdown text not null,
        page text not null,
        digest text not null,
        unique (source, month)
      )`);
    await makeAppendOnly(run, 'quality_letter');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index batch_by_day');
    for (const table of [
      'quality_letter',
      'freshness_alert',
      'quality_day',
      'quality_feed',
      'quality_enterprise',
      'finding',
    ])
      await run.query(`drop table ${table}`);
  }
}

/** What does not fit, per enterprise: found again by rule and subject, so that it keeps the day it was first seen. */
async function createFindings(run: QueryRunner): Promise<void> {
  await run.query(`
    create table finding (
      uscc text not null,
      feed_id smallint not null references feed (id),
      rule text not null,
      subject text not null,
      id uuid not null unique,
      kind text not null,
      field text not null,
      record_keys text[] not null,
      detail jsonb not null,
      found_at timestamptz not null,
      primary key (uscc, feed_id, rule, subject)
    )`);
  await run.query('create index finding_by_feed on finding (feed_id, kind, id)');
}

async function createFigures(run: QueryRunner): Promise<void> {
  await run.query(`
    create table quality_enterprise (
      uscc text not null,
      feed_id smallint not null references feed (id),
      records int not null,
      affected int not null,
      findings int not null,
      filled jsonb not null,
      primary key (uscc, feed_id)
    )`);
  await run.query('create index quality_enterprise_feed on quality_enterprise (feed_id, uscc)');
  // Sums of the table above, kept with it: a feed of millions is never added up anew.
  await run.query(`
    create table quality_feed (
      feed_id smallint primary key references feed (id),
      rules text not null,
      records bigint not null default 0,
      affected bigint not null default 0,
      findings bigint not null default 0,
      filled jsonb not null default '{}',
      check (records >= 0 and affected >= 0 and findings >= 0)
    )`);
  await run.query(`
    create table quality_day (
      day date not null,
      feed_id smallint not null references feed (id),
      records bigint not null,
      affected bigint not null,
      findings bigint not null,
      newest_report_date date,
      fresh boolean,
      valid int,
      complete int,
      consistent int,
      freshness int,
      score int,
      settings_from date not null,
      measured_at timestamptz not null,
      primary key (day, feed_id)
    )`);
}
