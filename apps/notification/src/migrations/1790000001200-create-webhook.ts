import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses of institutions' own systems, what was sent there, and how each attempt went. */
export class CreateWebhook1790000001200 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table webhook_endpoint (
        id uuid primary key,
        organisation_id uuid not null,
        url text not null,
        kinds text[] not null,
        state text not null check (state in ('ACTIVE', 'PAUSED', 'REMOVED')),
        reason text,
        created_by uuid not null,
        created_at timestamptz not null
      )`);
    await run.query('create index webhook_endpoint_organisation on webhook_endpoint (organisation_id, id desc)');
    // A secret must be readable to sign with: it is sealed by a key that lies outside the database. After a rotation
    // the old one signs too until it retires, so that the receiver can change over at leisure.
    await run.query(`
      create table webhook_secret (
        id uuid primary key,
        endpoint_id uuid not null references webhook_endpoint,
        sealed bytea not null,
        created_at timestamptz not null,
        retires_at timestamptz
      )`);
    await run.query('create index webhook_secret_endpoint on webhook_secret (endpoint_id, created_at desc)');
    await createMessages(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table webhook_attempt, webhook_message, webhook_secret, webhook_endpoint');
  }
}

async function createMessages(run: QueryRunner): Promise<void> {
  await run.query(`
      create table webhook_message (
        id uuid primary key,
        endpoint_id uuid not null references webhook_endpoint,
        kind text not null,
        subject text not null,
        source_id uuid not null,
        body text not null,
        state text not null check (state in ('QUEUED', 'SENDING', 'DELIVERED', 'PARKED')),
        not_before timestamptz not null,
        claimed_until timestamptz,
        tries smallint not null default 0,
        created_at timestamptz not null,
        delivered_at timestamptz,
        unique (endpoint_id, kind, subject, source_id),
        check ((state = 'SENDING') = (claimed_until is not null))
      ) with (fillfactor = 80)`);
  await run.query(
    `create index webhook_message_due on webhook_message (not_before) where state in ('QUEUED', 'SENDING')`,
  );
  await run.query('create index webhook_message_endpoint on webhook_message (endpoint_id, id desc)');
  await run.query(`
      create table webhook_attempt (
        message_id uuid not null references webhook_message on delete cascade,
        id uuid not null,
        at timestamptz not null,
        status smallint,
        duration_ms integer not null,
        error text,
        primary key (message_id, id)
      )`);
}
