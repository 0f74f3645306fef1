import { NotFound } from '@app/kernel';
import type { EntityManager } from 'typeorm';

import { MeResponse, type MeRow, toMeResponse } from './person.response.js';

/** A person with their organisation, as they may see themselves. */
export async function findMe(db: EntityManager, personId: string): Promise<MeResponse> {
  const [row]: MeRow[] = await db.query(
    `select p.id, p.organisation_id, p.login, p.display_name, p.roles, p.status, p.created_at, p.must_change_password,
            o.kind, o.code, o.name, o.uscc, o.memberships, o.status as organisation_status
     from person p join organisation o on o.id = p.organisation_id where p.id = $1`,
    [personId],
  );
  if (!row) throw new NotFound('person');
  return toMeResponse(row);
}
