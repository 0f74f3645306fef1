import { Clock, dayOf, type Day } from '@app/kernel';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { DirtyService } from './dirty.service.js';
import { ProfileWriter } from './profile-writer.service.js';
import { RecordReader } from './record-reader.service.js';
import { type ScoredEnterprise, scoreEnterprise } from './scored-enterprise.rules.js';

/** 200 enterprises with some 150 records each keep one transaction under a second. */
const roundEnterprisesMax = 200;

interface Round {
  readonly taken: number;
  readonly changed: number;
}

/** Turns marks into profiles, a set at a time: one query reads, pure functions decide, a few statements write. */
@Injectable()
export class ScoringService {
  private readonly log = new Logger('scoring');

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly dirty: DirtyService,
    private readonly records: RecordReader,
    private readonly writer: ProfileWriter,
  ) {}

  /** One set in one transaction. */
  async round(max = roundEnterprisesMax): Promise<Round> {
    return this.db.transaction(async (tx) => {
      const usccs = await this.dirty.take(tx, max);
      if (usccs.length === 0) return { taken: 0, changed: 0 };
      const now = this.clock.now();
      // After the marks are taken: a statement of its own sees every record that was committed before its event.
      const scored = await this.score(tx, usccs, dayOf(now));
      const odd = usccs.filter((uscc) => scored.get(uscc) === null);
      await this.dirty.forget(tx, odd);
      const known = [...scored.values()].flatMap((one) => one ?? []);
      const gone = usccs.filter((uscc) => !scored.has(uscc));
      const changed = await this.writer.write(tx, { scored: known, gone, odd }, now);
      return { taken: usccs.length, changed };
    });
  }

  /** Scores until nothing is marked that is free to be taken; the number of enterprises taken. */
  async catchUp(): Promise<number> {
    await this.db.transaction((tx) => this.dirty.markDue(tx, this.clock.today(), this.clock.now()));
    let total = 0;
    for (let taken = roundEnterprisesMax; taken === roundEnterprisesMax; total += taken)
      ({ taken } = await this.round());
    return total;
  }

  private async score(
    tx: EntityManager,
    usccs: readonly string[],
    asOf: Day,
  ): Promise<Map<string, ScoredEnterprise | null>> {
    const records = await this.records.read(tx, usccs, asOf);
    const scored = new Map<string, ScoredEnterprise | null>();
    for (const uscc of usccs) {
      try {
        const one = scoreEnterprise(uscc, records.get(uscc) ?? [], asOf);
        if (one) scored.set(uscc, one);
      } catch (error) {
        // One enterprise's odd data must not hold back the others; it keeps its profile until its records change.
        scored.set(uscc, null);
        this.log.error(`${uscc} cannot be scored: ${String(error)}`);
      }
    }
    return scored;
  }
}
