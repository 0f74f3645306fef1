import { Injectable } from '@nestjs/common';

import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import type { Known, Wanted } from './match.rules.js';
import { keysAsked, keysOfName, organisationKey, registrationKey } from './name-key.driver.js';
import type { Querying } from './querying.driver.js';
import { ReadingNames } from './reading-names.service.js';

/** Enterprises with one key in common that are looked at; real ones share few, and a person cannot look at more. */
const closeMax = 60;
const wideMax = 100;
/** Rows that are read for one key, so that a key that all share costs no more than any other. */
const perKeyMax = 500;

interface RegisterRow {
  uscc: string;
  feed_id: number;
  record_key: string;
  fields: Record<string, unknown>;
}

interface NameRow {
  uscc: string;
  name: string;
  former: boolean;
  registration_number: string;
  representative: string;
  division: string;
  address: string;
}

const columns = 'n.uscc, n.name, n.former, n.registration_number, n.representative, n.division, n.address';

/**
 * One probe of the index a key: asked for all keys at once, PostgreSQL took so many rows to be found that it read the
 * whole table. Those that share most keys are closest; of a hundred firms with one brand the one around the corner is
 * meant. In a whole city hundreds differ from a name by one letter: as many again are taken by whose head or address agrees.
 */
const lookUpSql = `
  with found as (
    select ${columns}, count(*) as near,
           (n.representative <> '' and n.representative = $5)::int + (n.address <> '' and n.address = $6)::int as agrees
    from unnest($1::text[]) k (key)
    cross join lateral (select * from enterprise_name where keys @> array[k.key] limit $4) n
    group by ${columns}
  ), placed as (
    select *, row_number() over (order by near desc, division = $3 desc, uscc, name) as by_name,
           row_number() over (order by agrees desc, near desc, division = $3 desc, uscc, name) as by_people
    from found
  )
  select ${columns} from placed n where by_name <= $2 or (agrees > 0 and by_people <= $2) order by by_name`;

/** The names that enterprises are known by, from every feed whose contract `registers`; found by keys under one index. */
@Injectable()
export class NameRegister {
  constructor(
    private readonly contracts: Contracts,
    private readonly reading: ReadingNames,
  ) {}

  registers(feed: string): boolean {
    return this.contracts.of(feed).registers !== undefined;
  }

  /** Takes up what the live records of these enterprises say, and forgets what they no longer say. */
  async take(db: Querying, feed: string, usccs: readonly string[]): Promise<void> {
    const contract = this.contracts.of(feed);
    const feedId = this.contracts.idOf(feed);
    const rows = await db.rows<RegisterRow>(
      `select uscc, $2::int as feed_id, record_key, fields from ingestion_api.record_v1
       where uscc = any($1) and feed = $3`,
      [usccs, feedId, feed],
    );
    await db.rows('delete from enterprise_name where uscc = any($1) and feed_id = $2', [usccs, feedId]);
    const names = rows.flatMap((row) => this.namesOf(contract, row));
    if (names.length === 0) return;
    await db.rows(
      `insert into enterprise_name (uscc, feed_id, record_key, place, former, name, registration_number, representative,
                                    division, address, keys)
       select uscc, feed_id, record_key, place, former, name, registration_number, representative, division, address, keys
       from jsonb_to_recordset($1::jsonb) as n (uscc text, feed_id smallint, record_key text, place smallint,
         former boolean, name text, registration_number text, representative text, division text, address text,
         keys text[])`,
      [JSON.stringify(names)],
    );
  }

  /** Those who may be meant: by code and whole name, then by what is close, then by the brand alone; each with a bound. */
  async lookUp(db: Querying, wanted: Wanted): Promise<Known[]> {
    const [exact, close, wide] = keysAsked(wanted);
    const seen = new Map<string, NameRow>();
    for (const [keys, limit] of [
      [exact, closeMax],
      [close, closeMax],
      [wide, wideMax],
    ] as const) {
      if (keys.length === 0) continue;
      const rows = await db.rows<NameRow>(lookUpSql, [
        keys,
        limit,
        wanted.division,
        perKeyMax,
        wanted.representative,
        wanted.address,
      ]);
      for (const row of rows) seen.set(`${row.uscc} ${row.name}`, row);
    }
    return [...seen.values()].map((row) => ({
      uscc: row.uscc,
      name: this.reading.name(row.name),
      former: row.former,
      registrationNumber: row.registration_number,
      representative: row.representative,
      division: row.division,
      address: row.address,
    }));
  }

  private namesOf({ registers }: Contract, { uscc, feed_id, record_key, fields }: RegisterRow): object[] {
    if (!registers) return [];
    const text = (column: string | undefined): string => {
      const value = column === undefined ? undefined : fields[column];
      return typeof value === 'string' ? value : '';
    };
    const former = registers.formerNames === undefined ? [] : fields[registers.formerNames];
    const number = text(registers.registrationNumber);
    const own = {
      uscc,
      feed_id,
      record_key,
      registration_number: number,
      representative: this.reading.plain(text(registers.representative)),
      division: text(registers.division),
      address: this.reading.plain(text(registers.address)),
    };
    const names = [text(registers.name), ...(Array.isArray(former) ? (former as string[]) : [])];
    const codes = [organisationKey(uscc.slice(8, 17)), ...(number === '' ? [] : [registrationKey(number)])];
    return names
      .filter((name) => name !== '')
      .map((name, place) => ({
        ...own,
        place,
        former: place > 0,
        name,
        keys: [...codes, ...keysOfName(this.reading.name(name))],
      }));
  }
}
