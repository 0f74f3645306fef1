import type { Viewer } from '@app/auth';
import { must } from '@app/kernel';
import { idCursor } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { AttemptRow } from './query.response.js';

/** Services that return consent-bound data; each publishes what it served and what it refused. */
const readers = ['credit', 'ingestion', 'marketplace', 'profiling'] as const;
type Reader = (typeof readers)[number];

/** "Who asked about me": the union of what the reading services logged. */
@Injectable()
export class QueryLogService {
  /** A reader's views appear when it first migrates, and never go away again. */
  private readonly publishing = new Set<Reader>();

  constructor(private readonly db: DataSource) {}

  /** One more row than `limit`, newest first: about the enterprise itself, or of the institution's own people. */
  async list(viewer: Viewer, cursor: string | undefined, limit: number): Promise<AttemptRow[]> {
    const { organisation } = viewer;
    const own = organisation.kind === 'enterprise';
    const subject = own ? must(organisation.uscc, 'an enterprise has a code') : organisation.id;
    const sql = unionSql(await this.readersNow(), own ? 'uscc = $1' : 'organisation_id = $1');
    return this.db.query(sql, [subject, idCursor(cursor), limit + 1]);
  }

  /** Profiling migrates after this service: until its views are there, it cannot have served anything. */
  private async readersNow(): Promise<Reader[]> {
    const unknown = readers.filter((reader) => !this.publishing.has(reader));
    if (unknown.length === 0) return [...readers];
    const rows: { reader: Reader }[] = await this.db.query(
      `select reader from unnest($1::text[]) as reader
       where (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where n.nspname = reader || '_api' and c.relname in ('read_v1', 'refused_read_v1')
                and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')) = 2`,
      [unknown],
    );
    for (const { reader } of rows) this.publishing.add(reader);
    return [...this.publishing];
  }
}

/** Each branch brings its own first page through its index; the union is cut again. Ids sort by time (uuidv7). */
function unionSql(from: Reader[], mine: string): string {
  const columns = 'id, at, uscc, organisation_id, institution, person_id, act, purpose';
  const page = `where ${mine} and ($2::uuid is null or id < $2::uuid) order by id desc limit $3`;
  const branches = from.flatMap((service) => [
    `(select '${service}' as service, ${columns}, authorisation_id, null as refusal
      from ${service}_api.read_v1 ${page})`,
    `(select '${service}' as service, ${columns}, null as authorisation_id, code as refusal
      from ${service}_api.refused_read_v1 ${page})`,
  ]);
  return `
    select a.id, a.at, a.service, a.act, a.uscc, a.institution, o.name as "institutionName",
           p.display_name as "personName", a.purpose, a.authorisation_id as "authorisationId", a.refusal
    from (${branches.join(' union all ')} order by id desc limit $3) a
    left join identity_api.organisation_v1 o on o.id = a.organisation_id
    left join identity_api.person_v1 p on p.id = a.person_id
    order by a.id desc`;
}
