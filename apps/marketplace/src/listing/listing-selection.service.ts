import { InvalidInput } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { WriteListingRequest } from './write-listing.request.js';

/** Which enterprises a list holds: codes, or public facts. */
export interface Selection {
  usccs: string[] | null;
  districts: string[] | null;
  industries: string[] | null;
  tiers: string[] | null;
  titles: string[] | null;
}

/** Public facts only, and only enterprises that are alive; $1 to $5 are the selection. */
export const selectedSql = `
  from profiling_api.enterprise_v1 e
  where e.status = '存续'
    and ($1::text[] is null or e.uscc = any($1)) and ($2::text[] is null or e.district = any($2))
    and ($3::text[] is null or e.industry2 = any($3)) and ($4::text[] is null or e.tier = any($4))
    and ($5::text[] is null or e.titles && $5)`;

export const valuesOf = ({ usccs, districts, industries, tiers, titles }: Selection): unknown[] => [
  usccs,
  districts,
  industries,
  tiers,
  titles,
];

/** Reads and checks what a department chose. */
@Injectable()
export class ListingSelection {
  /** @throws InvalidInput naming each unknown code, or when nothing or too much is chosen */
  async read(tx: EntityManager, request: WriteListingRequest, entriesMax: number): Promise<Selection> {
    const { usccs } = request;
    const selection = selectionOf(request);
    const count = await this.count(tx, selection);
    if (usccs && count < usccs.length) await refuseUnknown(tx, usccs);
    if (count === 0) throw wrong('/query', 'no enterprise is like this');
    if (count > entriesMax)
      throw wrong(usccs ? '/usccs' : '/query', `${count} enterprises, and a list holds ${entriesMax}`);
    return selection;
  }

  async count(tx: EntityManager, selection: Selection): Promise<number> {
    const [{ count }]: [{ count: number }] = await tx.query(
      `select count(*)::integer as count ${selectedSql}`,
      valuesOf(selection),
    );
    return count;
  }
}

function selectionOf({ usccs, query }: WriteListingRequest): Selection {
  if ((usccs === undefined) === (query === undefined)) throw wrong('/usccs', 'give either usccs or query');
  const { districts = null, industries = null, tiers = null, titles = null } = query ?? {};
  if (query && [districts, industries, tiers, titles].every((one) => one === null))
    throw wrong('/query', 'a query without a condition is the whole city');
  return { usccs: usccs ?? null, districts, industries, tiers, titles };
}

const wrong = (pointer: string, detail: string) => new InvalidInput([{ pointer, detail }]);

async function refuseUnknown(tx: EntityManager, usccs: readonly string[]): Promise<never> {
  const rows: { uscc: string }[] = await tx.query(
    `select uscc from profiling_api.enterprise_v1 where uscc = any($1) and status = '存续'`,
    [usccs],
  );
  const known = new Set(rows.map(({ uscc }) => uscc));
  const faults = usccs.flatMap((uscc, index) =>
    known.has(uscc)
      ? []
      : [{ pointer: `/usccs/${index}`, detail: 'no living enterprise with a profile has this code' }],
  );
  throw new InvalidInput(faults.slice(0, 50));
}
