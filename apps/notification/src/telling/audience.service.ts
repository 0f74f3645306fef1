import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Told } from './told.rules.js';

/** Something to tell, and one of those who are to know. */
export interface Addressed {
  told: Told;
  personId: string;
  organisationId: string;
}

interface PersonRow {
  person_id: string;
  organisation_id: string;
  kind: string;
  uscc: string | null;
  roles: string[];
  memberships: string[];
}

const person = `
  select p.id as person_id, p.organisation_id, o.kind, o.uscc, p.roles, o.memberships
  from identity_api.person_v1 p join identity_api.organisation_v1 o on o.id = p.organisation_id
  where p.status = 'ACTIVE'`;

/** Finds the people whom an event means, as they are now: who has left is told nothing. */
@Injectable()
export class Audiences {
  async addressed(tx: EntityManager, told: readonly Told[]): Promise<Addressed[]> {
    const people = await this.people(tx, told);
    return told.flatMap((one) =>
      people
        .filter((row) => isMeant(one, row))
        .map((row) => ({ told: one, personId: row.person_id, organisationId: row.organisation_id })),
    );
  }

  /** Names of institutions by id, for texts. */
  async names(tx: EntityManager, ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows: { id: string; name: string }[] = await tx.query(
      `select id, name from identity_api.organisation_v1 where id = any($1) and kind = 'institution'`,
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  async feedTitles(tx: EntityManager, feeds: readonly string[]): Promise<Map<string, string>> {
    if (feeds.length === 0) return new Map();
    const rows: { feed: string; title: string }[] = await tx.query(
      'select feed, title from ingestion_api.feed_v1 where feed = any($1)',
      [feeds],
    );
    return new Map(rows.map(({ feed, title }) => [feed, title]));
  }

  private async people(tx: EntityManager, told: readonly Told[]): Promise<PersonRow[]> {
    const of = (pick: (to: Told['to']) => string | false) =>
      [...new Set(told.map(({ to }) => pick(to)))].filter((one): one is string => one !== false);
    const usccs = of((to) => 'enterprise' in to && to.enterprise);
    const ids = of((to) => 'person' in to && to.person);
    const institutions = of((to) => 'adminsOf' in to && to.adminsOf);
    const operators = told.some(({ to }) => 'operators' in to);
    const members = told.some(({ to }) => 'members' in to);
    // One branch per kind of audience, so that each goes by its own index.
    const rows: PersonRow[] = await tx.query(
      `${person} and o.uscc = any($1) and 'enterprise' = any(p.roles)
       union ${person} and p.id = any($2)
       union ${person} and p.organisation_id = any($3) and 'institution-admin' = any(p.roles)
       union ${person} and $4 and o.kind = 'operator' and 'operator' = any(p.roles)
       union ${person} and $5 and o.kind = 'institution' and 'MARKETPLACE' = any(o.memberships)
               and 'institution-admin' = any(p.roles)`,
      [usccs, ids, institutions, operators, members],
    );
    return rows;
  }
}

function isMeant({ to }: Told, row: PersonRow): boolean {
  if ('enterprise' in to) return row.uscc === to.enterprise && row.roles.includes('enterprise');
  if ('person' in to) return row.person_id === to.person;
  if ('adminsOf' in to) return row.organisation_id === to.adminsOf && row.roles.includes('institution-admin');
  if ('members' in to) return row.memberships.includes('MARKETPLACE') && row.roles.includes('institution-admin');
  return row.kind === 'operator' && row.roles.includes('operator');
}
