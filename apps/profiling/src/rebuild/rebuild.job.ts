import { profilingFollowed } from '@app/contracts';
import { Clock } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { SearchLedger } from '@app/search';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

interface Open {
  run_id: string;
  documents: string;
}

/** Says how far the search index is with what a rebuild asked of it. */
@Injectable()
export class RebuildJob extends PeriodicJob {
  /** An operator looks at it; a look that finds nothing reads an empty index. */
  protected override readonly everyMs = 1_000;

  constructor(
    private readonly db: DataSource,
    private readonly ledger: SearchLedger,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    await this.db.transaction(async (tx) => {
      const rows: Open[] = await tx.query(
        `select run_id, documents from rebuild where ended_at is not null and search_ended_at is null
         order by run_id for update skip locked`,
      );
      for (const row of rows) await this.look(tx, row);
    });
  }

  private async look(tx: EntityManager, { run_id: runId, documents }: Open): Promise<void> {
    // The documents first, then the engine's index from them: the later one under way tells how far all is.
    const build = (await this.ledger.running('documents', tx)) ?? (await this.ledger.running('elasticsearch', tx));
    const { documents: total } = await this.ledger.counts();
    const done = build ? build.documents : total;
    if (build && done === Number(documents)) return;
    const now = this.clock.now();
    await tx.query('update rebuild set documents = $2, search_ended_at = $3 where run_id = $1', [
      runId,
      done,
      build ? null : now,
    ]);
    const counts = { heard: 0, done, total, ended: build === undefined };
    await addToOutbox(tx, profilingFollowed, { runId, follower: 'profiling.search', ...counts }, now);
  }
}
