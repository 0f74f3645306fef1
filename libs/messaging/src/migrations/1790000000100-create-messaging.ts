import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Outbox, inbox, positions and dead letters of one service, in its own schema. */
export class CreateMessaging1790000000100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await this.createOutbox(run);
    await this.createConsumer(run);
    await this.createDeadLetters(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table dead_letter, consumer_cursor, inbox, outbox');
  }

  private async createOutbox(run: QueryRunner): Promise<void> {
    // `at` is the act's instant by the service's clock, which may lie in the past; added_at is when the row was written.
    // The table is a queue: rows live for milliseconds, so it is vacuumed by count and not by share.
    await run.query(`
      create table outbox (
        id bigint generated always as identity primary key,
        event_id uuid not null,
        topic text not null,
        key text not null,
        at timestamptz not null,
        correlation_id text not null,
        data jsonb not null,
        added_at timestamptz not null default clock_timestamp()
      ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`);
  }

  private async createConsumer(run: QueryRunner): Promise<void> {
    await run.query(`
      create table inbox (
        event_id uuid not null,
        handler text not null,
        at timestamptz not null default clock_timestamp(),
        primary key (handler, event_id)
      )`);
    await run.query('create index inbox_at on inbox using brin (at)');
    await run.query(`
      create table consumer_cursor (
        handler text not null,
        topic text not null,
        partition smallint not null,
        position bigint not null default 0,
        primary key (handler, topic, partition)
      ) with (fillfactor = 50)`);
  }

  private async createDeadLetters(run: QueryRunner): Promise<void> {
    // event_id is null when the envelope was too broken to have one.
    await run.query(`
      create table dead_letter (
        id uuid primary key default gen_random_uuid(),
        number bigint generated always as identity unique,
        handler text not null,
        topic text not null,
        key text,
        event_id uuid,
        event jsonb not null,
        error text not null,
        tries integer not null,
        first_failed_at timestamptz not null default clock_timestamp(),
        last_failed_at timestamptz not null default clock_timestamp(),
        state text not null default 'PARKED' check (state in ('PARKED', 'REPLAYED', 'DISCARDED')),
        decided_by text,
        decided_at timestamptz,
        reason text,
        unique (handler, event_id)
      )`);
    await run.query('create index dead_letter_state on dead_letter (state, number desc)');
  }
}
