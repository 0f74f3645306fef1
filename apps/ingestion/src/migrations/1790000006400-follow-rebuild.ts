import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far those are who keep something that follows from records, since a rebuild told them. */
export class FollowRebuild1790000006400 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('alter table operation_run add column told bigint not null default 0');
    await run.query(`
      create table operation_follower (
        run_id uuid not null references operation_run,
        follower text not null,
        heard bigint not null default 0,
        done bigint not null default 0,
        total bigint,
        heard_at timestamptz,
        ended_at timestamptz,
        primary key (run_id, follower)
      )`);
    await run.query('create index operation_follower_open on operation_follower (run_id) where ended_at is null');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table operation_follower');
    await run.query('alter table operation_run drop column told');
  }
}
