import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What goes out by e-mail and SMS: a queue whose rows stay as a log. */
export class CreateDelivery1790000001100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // One row per notice and channel, or one per person and day for a digest; a notice that went into a digest points
    // at it. claimed_until is the lease of a sender: who dies between sending and marking leaves it to lapse.
    await run.query(`
      create table delivery (
        id uuid primary key,
        person_id uuid not null,
        channel text not null check (channel in ('EMAIL', 'SMS')),
        notice_id uuid references notice (id) on delete cascade,
        digest_day date,
        digest_id uuid references delivery on delete cascade,
        urgent boolean not null,
        state text not null check (state in ('QUEUED', 'SENDING', 'WAITING', 'DIGESTED', 'SENT', 'PARKED', 'SKIPPED')),
        not_before timestamptz not null,
        claimed_until timestamptz,
        tries smallint not null default 0,
        lapses smallint not null default 0,
        error text,
        created_at timestamptz not null,
        sent_at timestamptz,
        unique (notice_id, channel),
        unique (person_id, channel, digest_day),
        check ((notice_id is null) <> (digest_day is null)),
        check ((state = 'SENDING') = (claimed_until is not null))
      ) with (fillfactor = 80)`);
    await run.query(`create index delivery_due on delivery (not_before) where state = 'QUEUED'`);
    await run.query(`create index delivery_claimed on delivery (claimed_until) where state = 'SENDING'`);
    await run.query(`create index delivery_waiting on delivery (not_before, person_id) where state = 'WAITING'`);
    await run.query('create index delivery_digest on delivery (digest_id) where digest_id is not null');
    await run.query('create index delivery_state on delivery (state, id desc)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table delivery');
  }
}
