import type { Day } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/**
 * The enterprises that are to be scored again. A mark is a row; marking twice is one piece of work. Whoever takes a
 * mark deletes it in the transaction in which it scores: a mark set meanwhile waits for that end and then stands anew,
 * so that no change is missed, and a round that fails leaves all its marks.
 */
@Injectable()
export class DirtyService {
  async mark(tx: EntityManager, usccs: readonly string[], now: Date): Promise<void> {
    // In one order everywhere, so that two markers cannot wait for each other.
    const ordered = [...new Set(usccs)].toSorted();
    await tx.query(
      `insert into dirty (uscc, marked_at) select uscc, $2 from unnest($1::text[]) as uscc on conflict (uscc) do nothing`,
      [ordered, now],
    );
  }

  /** Marks those whose titles begin or end by `today`, or whose months have passed. */
  async markDue(tx: EntityManager, today: Day, now: Date): Promise<void> {
    await tx.query(
      `insert into dirty (uscc, marked_at)
       select uscc, $2 from enterprise where review_on <= $1 order by uscc limit 20000
       on conflict (uscc) do nothing`,
      [today, now],
    );
  }

  /** Takes the oldest marks that nobody else is working on. */
  async take(tx: EntityManager, max: number): Promise<string[]> {
    const [rows]: [{ uscc: string }[], number] = await tx.query(
      `delete from dirty where uscc in (
         select uscc from dirty order by marked_at, uscc limit $1 for update skip locked
       ) returning uscc`,
      [max],
    );
    return rows.map(({ uscc }) => uscc).toSorted();
  }

  /** Stops asking for those that cannot be scored as they are, or they would be marked again at every look. */
  async forget(tx: EntityManager, usccs: readonly string[]): Promise<void> {
    if (usccs.length > 0) await tx.query('update enterprise set review_on = null where uscc = any($1)', [usccs]);
  }
}
