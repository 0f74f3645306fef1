import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Log of acts, the hash chain over it, and the public keys of its receipts, in the schema of one service. */
export class CreateEvidence1790000000300 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('create sequence evidence_sequence');
    // Text and not jsonb: a hash needs the bytes as they were.
    await run.query(`
      create table evidence_entry (
        sequence bigint primary key,
        id uuid not null unique,
        at timestamptz not null,
        act text not null,
        subject text not null,
        content text not null,
        hash text not null,
        kid text not null,
        signature text not null
      )`);
    await run.query('create index evidence_entry_subject on evidence_entry (subject, sequence)');
    await run.query(`
      create table evidence_link (
        position bigint primary key,
        sequence bigint not null unique references evidence_entry,
        previous text not null,
        hash text not null
      )`);
    // Entries that wait to be chained; a queue, so that finding them stays cheap however long the log grows.
    await run.query('create table evidence_pending (sequence bigint primary key)');
    await run.query(`
      create table receipt_key (
        kid text primary key,
        public_jwk jsonb not null,
        created_at timestamptz not null
      )`);
    for (const table of ['evidence_entry', 'evidence_link', 'receipt_key']) await makeAppendOnly(run, table);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table receipt_key, evidence_pending, evidence_link, evidence_entry');
    await run.query('drop sequence evidence_sequence');
  }
}
