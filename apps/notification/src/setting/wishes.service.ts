import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Channel, Mode } from '../kind/kind-shape.rules.js';
import type { Wishes } from '../notice/plan.rules.js';

interface Row {
  person_id: string;
  quiet_from: number | null;
  quiet_to: number | null;
  digest_at: number;
  email: string | null;
  phone: string | null;
  modes: { kind: string; channel: Channel; mode: Mode }[] | null;
}

/** 08:30, when most offices open. */
export const digestAtDefault = 510;

const nothing = { quiet: null, digestAt: digestAtDefault, email: null, phone: null, modes: {} };

/** How people want to be told, of a whole batch in one look. */
@Injectable()
export class WishBook {
  /** A reader of wishes by person and kind; who said nothing has none. */
  async of(tx: EntityManager, people: readonly string[]): Promise<(personId: string, kind: string) => Wishes> {
    const rows: Row[] = await tx.query(
      `select coalesce(s.person_id, w.person_id) as person_id, s.quiet_from, s.quiet_to,
              coalesce(s.digest_at, $2) as digest_at, s.email, s.phone, w.modes
       from (select * from setting where person_id = any($1)) s
       full join (select person_id, json_agg(json_build_object('kind', kind, 'channel', channel, 'mode', mode)) as modes
                  from preference where person_id = any($1) group by person_id) w on w.person_id = s.person_id`,
      [people, digestAtDefault],
    );
    const known = new Map(rows.map((row) => [row.person_id, row]));
    return (personId, kind) => {
      const row = known.get(personId);
      return row ? wishesOf(row, kind) : nothing;
    };
  }
}

const wishesOf = (row: Row, kind: string): Wishes => ({
  quiet: row.quiet_from === null || row.quiet_to === null ? null : { from: row.quiet_from, to: row.quiet_to },
  digestAt: row.digest_at,
  email: row.email,
  phone: row.phone,
  modes: Object.fromEntries((row.modes ?? []).filter((one) => one.kind === kind).map((one) => [one.channel, one.mode])),
});
