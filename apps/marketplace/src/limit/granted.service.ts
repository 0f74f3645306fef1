import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { gradeSql } from './grade.service.js';
import { type Granted, nothingGranted } from './granted.rules.js';
import { everywhere } from './limit.rules.js';

type Held = Omit<Granted, 'scope'>;
type HeldBy = Held & { product?: string | null; district?: string | null; institution?: string | null; grade?: string };

const ofNeedsSql = `
  select product_id as product, district, max(taken) as "grabsPerNeed",
         least(max(ceil(intended_fen::numeric * 10000 / amount_fen)), 2147483647)::integer as "subscriptionBp"
  from need where ended_at is null and taken > 0 group by product_id, district`;

const ofBanksSql = `
  select id as institution, ${gradeSql('counter.id', '$1')} as grade, open_grabs as "openPerInstitution"
  from institution_counter as counter where open_grabs > 0`;

const ofManagersSql = `
  select person.organisation_id as institution, ${gradeSql('person.organisation_id', '$1')} as grade,
         max(counter.open_grabs) as "openPerManager"
  from manager_counter as counter left join identity_api.person_v1 as person on person.id = counter.id
  where counter.open_grabs > 0 group by person.organisation_id`;

/** Each need and each manager for itself: read once when a planned limit comes into force, and not for a decision. */
const eachNeedSql = `
  select product_id as product, district, taken as "grabsPerNeed",
         least(ceil(intended_fen::numeric * 10000 / amount_fen), 2147483647)::integer as "subscriptionBp"
  from need where ended_at is null and taken > 0`;
const eachManagerSql = `
  select person.organisation_id as institution, ${gradeSql('person.organisation_id', '$1')} as grade,
         counter.open_grabs as "openPerManager"
  from manager_counter as counter left join identity_api.person_v1 as person on person.id = counter.id
  where counter.open_grabs > 0`;

/** What is granted now, for each scope that limits may tell apart. */
@Injectable()
export class GrantedService {
  /** The most in each scope. */
  async now(tx: EntityManager, at: Date): Promise<Granted[]> {
    return read(tx, at, ofNeedsSql, ofManagersSql);
  }

  /** Of each need, institution and manager that holds anything. */
  async each(tx: EntityManager, at: Date): Promise<Granted[]> {
    return read(tx, at, eachNeedSql, eachManagerSql);
  }
}

async function read(tx: EntityManager, at: Date, needsSql: string, managersSql: string): Promise<Granted[]> {
  const rows = [
    ...(await tx.query<HeldBy[]>(needsSql)),
    ...(await tx.query<HeldBy[]>(ofBanksSql, [at])),
    ...(await tx.query<HeldBy[]>(managersSql, [at])),
  ];
  return rows.map(({ product = null, district = null, institution = null, grade, ...held }) => ({
    ...nothingGranted,
    ...held,
    scope: { ...everywhere, product, district, institution, grade: grade ?? null },
  }));
}
