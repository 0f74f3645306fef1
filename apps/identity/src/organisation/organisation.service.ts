import type { Membership } from '@app/auth';
import { membershipsChanged } from '@app/contracts';
import { InvalidInput, NotFound, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, decodeCursor, idCursor, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { recordAct } from '../act/act.service.js';
import { CreateOrganisationRequest } from './create-organisation.request.js';
import { InstitutionListQuery, OrganisationListQuery } from './list-organisations.request.js';
import { NotAnInstitution, OrganisationCodeTaken } from './organisation.error.js';
import {
  InstitutionPage,
  OrganisationPage,
  OrganisationResponse,
  type OrganisationRow,
  toInstitutionResponse,
  toOrganisationResponse,
} from './organisation.response.js';
import { faultsOfOrganisation } from './organisation.rules.js';

const columns = 'id, kind, code, name, uscc, memberships, status, created_at';

/** A page when nobody says how long. */
const pageRows = 50;

/** Who takes part: on-boarding and memberships. */
@Injectable()
export class Organisations {
  constructor(private readonly db: DataSource) {}

  async create({ tx, viewer, now }: Command, request: CreateOrganisationRequest): Promise<OrganisationResponse> {
    const { kind, name, code, memberships = [] } = request;
    const faults = faultsOfOrganisation({ kind, code, memberships });
    if (faults.length > 0) throw new InvalidInput(faults);
    const [row]: OrganisationRow[] = await tx.query(
      `insert into organisation (id, kind, code, name, memberships, status, created_at)
       values ($1, $2, $3, $4, $5, 'ACTIVE', $6) on conflict (code) do nothing returning ${columns}`,
      [uuidv7(now), kind, code, name.trim(), memberships, now],
    );
    if (!row) throw new OrganisationCodeTaken();
    const detail = { kind, code, memberships };
    await recordAct(tx, { personId: viewer.personId, what: 'organisation.created', subjectId: row.id, detail }, now);
    return toOrganisationResponse(row);
  }

  async list({ kind, q, limit = pageRows, cursor }: OrganisationListQuery): Promise<OrganisationPage> {
    const rows: OrganisationRow[] = await this.db.query(
      `select ${columns} from organisation
       where ($1::text is null or kind = $1) and ($2::text is null or name ilike $2 or code ilike $2)
         and ($3::uuid is null or id < $3)
       order by id desc limit $4`,
      [kind ?? null, partOf(q), idCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, toOrganisationResponse, ({ id }) => [id]);
  }

  async find(id: string): Promise<OrganisationResponse> {
    const [row]: OrganisationRow[] = await this.db.query(`select ${columns} from organisation where id = $1`, [id]);
    if (!row) throw new NotFound('organisation');
    return toOrganisationResponse(row);
  }

  async institutions({ q, membership, limit = pageRows, cursor }: InstitutionListQuery): Promise<InstitutionPage> {
    const rows: OrganisationRow[] = await this.db.query(
      `select ${columns} from organisation
       where kind = 'institution' and status = 'ACTIVE' and ($1::text is null or name ilike $1 or code ilike $1)
         and ($2::text is null or $2 = any (memberships)) and ($3::text is null or code > $3)
       order by code limit $4`,
      [partOf(q), membership ?? null, decodeCursor(cursor, 1)?.[0] ?? null, limit + 1],
    );
    return pageOf(rows, limit, toInstitutionResponse, ({ code }) => [code]);
  }

  async changeMemberships(command: Command, id: string, memberships: Membership[]): Promise<OrganisationResponse> {
    const { tx, viewer, now } = command;
    const [before]: OrganisationRow[] = await tx.query(`select ${columns} from organisation where id = $1 for update`, [
      id,
    ]);
    if (!before) throw new NotFound('organisation');
    if (before.kind !== 'institution') throw new NotAnInstitution();
    const [rows]: [OrganisationRow[], number] = await tx.query(
      `update organisation set memberships = $2 where id = $1 returning ${columns}`,
      [id, memberships],
    );
    const detail = { before: before.memberships, after: memberships };
    await recordAct(tx, { personId: viewer.personId, what: 'memberships.changed', subjectId: id, detail }, now);
    const data = { organisationId: id, code: before.code, memberships, at: now.toISOString() };
    await addToOutbox(tx, membershipsChanged, data, now);
    return toOrganisationResponse(rows[0]!);
  }
}

/** A pattern that finds the text itself, with its own % and _ taken literally. */
const partOf = (q: string | undefined): string | null =>
  q?.trim() ? `%${q.trim().replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : null;
