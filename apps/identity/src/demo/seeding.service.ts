import { demo } from '@app/config';
import { BrokenInvariant, Clock, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { noPassword, Passwords } from '../person/password.service.js';
import { Sessions } from '../session/session.service.js';
import type { SeedPerson } from './seed-person.request.js';

/** So many people make one statement: a few hundred kilobytes of JSON. */
const chunkPeople = 1_000;

/** For the process that hosts the demo city: brings its people in by the way, without HTTP. Refuses outside the city. */
@Injectable()
export class Seeding {
  constructor(
    private readonly db: DataSource,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** Whether demo people with passwords are there from an earlier start. */
  async isSeeded(): Promise<boolean> {
    const rows: unknown[] = await this.db.query(
      `select 1 from person where demo and password_hash like '$argon2id$%' and login in (select login from demo_person)
       limit 1`,
    );
    return rows.length > 0;
  }

  /**
   * Adds organisations and people that are not there yet; those who may sign in get `password` (null: they keep what
   * they have, and new ones get none). Again and again without harm. Demo passwords need not be strong.
   */
  async seedPeople(list: readonly SeedPerson[], password: string | null): Promise<void> {
    refuseOutsideCity();
    const passwordHash = password === null ? null : await this.hashFor(password);
    await this.db.transaction(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtextextended('demo seeding', 12))`);
      for (let from = 0; from < list.length; from += chunkPeople)
        await this.seedChunk(tx, list.slice(from, from + chunkPeople), passwordHash);
      await offerPeople(tx, list);
    });
  }

  /** An access token of a demo person, for the process that makes the city's past; lives 15 minutes like any other. */
  async accessTokenOf(login: string): Promise<string> {
    refuseOutsideCity();
    const [row]: { id: string }[] = await this.db.query('select id from person where login = $1 and demo', [login]);
    if (!row) throw new BrokenInvariant(`there is no demo person ${login}`);
    return (await this.sessions.start(row.id)).accessToken;
  }

  /** All demo people share one password, hence one hash: found again when it still fits, so that a restart is quick. */
  private async hashFor(password: string): Promise<string> {
    const [known]: { password_hash: string }[] = await this.db.query(
      `select p.password_hash from person p join demo_person d using (login)
       where p.demo and p.password_hash <> $1 order by d.place limit 1`,
      [noPassword],
    );
    if (known && (await this.passwords.matches(password, known.password_hash))) return known.password_hash;
    return this.passwords.hash(password);
  }

  private async seedChunk(tx: EntityManager, list: readonly SeedPerson[], passwordHash: string | null): Promise<void> {
    const now = this.clock.now();
    const rows = list.map(({ organisation, ...person }) => ({
      ...person,
      id: uuidv7(now),
      organisationId: uuidv7(now),
      ...organisation,
      locked: person.password === null,
    }));
    await tx.query(insertOrganisations, [JSON.stringify(rows), now]);
    await tx.query(insertPeople, [JSON.stringify(rows), now, passwordHash ?? noPassword]);
    if (passwordHash !== null)
      await tx.query(
        `update person set password_hash = $2, must_change_password = false
         where demo and login = any ($1) and password_hash <> $2`,
        [rows.filter(({ locked }) => !locked).map(({ login }) => login), passwordHash],
      );
  }
}

const insertOrganisations = `
  insert into organisation (id, kind, code, name, uscc, memberships, status, created_at)
  select distinct on (code) "organisationId", kind, code, name, uscc, coalesce(memberships, '{}'), 'ACTIVE', $2::timestamptz
  from json_to_recordset($1::json) as
    (id uuid, "organisationId" uuid, kind text, code text, name text, uscc text, memberships text[])
  order by code, "organisationId"
  on conflict do nothing`;

const insertPeople = `
  insert into person (id, organisation_id, login, display_name, password_hash, roles, status, demo, created_at)
  select row.id, o.id, row.login, row."displayName", case when row.locked then '${noPassword}' else $3 end, row.roles,
         'ACTIVE', true, $2::timestamptz
  from json_to_recordset($1::json) as
    row (id uuid, login text, "displayName" text, roles text[], code text, locked boolean)
  join organisation o on o.code = row.code
  on conflict (login) do nothing`;

/** What the sign-in page of the demo offers, in the list's order. */
async function offerPeople(tx: EntityManager, list: readonly SeedPerson[]): Promise<void> {
  const offered = list
    .map(({ login, tryThis, password }, place) => ({ login, place, tryThis, locked: password === null }))
    .filter(({ tryThis, locked }) => tryThis !== undefined && !locked);
  await tx.query(
    `insert into demo_person (login, place, try_this)
     select login, place, "tryThis" from json_to_recordset($1::json) as (login text, place int, "tryThis" text)
     on conflict (login) do update set place = excluded.place, try_this = excluded.try_this`,
    [JSON.stringify(offered)],
  );
}

function refuseOutsideCity(): void {
  if (demo() !== 'city') throw new BrokenInvariant('demo people exist in the demo city only');
}
