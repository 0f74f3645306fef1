import { DocumentSource, type SearchDocument } from '@app/search';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { documentOf, type FoundEnterprise } from './document.rules.js';

/** The enterprises as the search index is made anew from them. */
@Injectable()
export class EnterpriseDocuments extends DocumentSource {
  async read(after: string, limit: number, tx: EntityManager): Promise<SearchDocument[]> {
    const rows: FoundEnterprise[] = await tx.query(
      `select uscc, name, former_names as "formerNames", district, industry, status, tier, titles
       from enterprise where uscc > $1 and not withdrawn order by uscc limit $2 for share`,
      [after, limit],
    );
    return rows.map(documentOf);
  }

  async missing(ids: readonly string[], tx: EntityManager): Promise<string[]> {
    const rows: { id: string }[] = await tx.query(
      `select id from unnest($1::text[]) as asked (id)
       where not exists (select from enterprise e where e.uscc = asked.id and not e.withdrawn)`,
      [ids],
    );
    return rows.map(({ id }) => id);
  }

  async count(tx: EntityManager): Promise<number> {
    const [row]: { count: number }[] = await tx.query(
      'select count(*)::int as count from enterprise where not withdrawn',
    );
    return row?.count ?? 0;
  }
}
