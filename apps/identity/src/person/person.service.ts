import { hasRole, type OrganisationKind, type Viewer } from '@app/auth';
import { personReactivated, personSuspended } from '@app/contracts';
import { InvalidInput, must, NotFound, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, idCursor, type PageQuery, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { recordAct } from '../act/act.service.js';
import { CreatePersonRequest } from './create-person.request.js';
import { Passwords } from './password.service.js';
import { LoginTaken, NotYourself, PeopleByRegistration } from './person.error.js';
import { PersonPage, PersonResponse, type PersonRow, toPersonResponse } from './person.response.js';
import { faultOfRoles } from './role.rules.js';

const columns = 'id, organisation_id, login, display_name, roles, status, created_at';

/** A page when nobody says how long. */
const pageRows = 50;

export interface NewPerson {
  organisationId: string;
  login: string;
  displayName: string;
  passwordHash: string;
  roles: readonly string[];
  mustChangePassword?: boolean;
  demo?: boolean;
}

/** The people of organisations: taken on, suspended, back again. */
@Injectable()
export class People {
  constructor(
    private readonly db: DataSource,
    private readonly passwords: Passwords,
  ) {}

  async create(command: Command, organisationId: string, request: CreatePersonRequest): Promise<PersonResponse> {
    const { tx, viewer, now } = command;
    const kind = await this.kindOf(tx, organisationId, viewer);
    if (kind === 'enterprise') throw new PeopleByRegistration();
    const fault = faultOfRoles(kind, request.roles);
    if (fault) throw new InvalidInput([{ pointer: '/roles', detail: fault }]);
    const { login, roles, displayName = login } = request;
    const passwordHash = await this.passwords.hashNew(request.password, login);
    const person = await insertPerson(tx, { organisationId, login, displayName, roles, passwordHash }, now);
    const detail = { login, roles, organisationId };
    await recordAct(tx, { personId: viewer.personId, what: 'person.created', subjectId: person.id, detail }, now);
    return toPersonResponse(person);
  }

  async list(viewer: Viewer, organisationId: string, { limit = pageRows, cursor }: PageQuery): Promise<PersonPage> {
    await this.kindOf(this.db.manager, organisationId, viewer);
    const rows: PersonRow[] = await this.db.query(
      `select ${columns} from person where organisation_id = $1 and ($2::uuid is null or id < $2)
       order by id desc limit $3`,
      [organisationId, idCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, toPersonResponse, ({ id }) => [id]);
  }

  /** Ends the person's sessions in the same transaction; every service notices within a second. */
  async suspend(command: Command, id: string): Promise<PersonResponse> {
    const { tx, viewer, now } = command;
    if (id === viewer.personId) throw new NotYourself();
    const person = await this.setStatus(command, id, 'SUSPENDED');
    await endSessions(tx, id);
    const data = { personId: id, organisationId: person.organisationId, at: now.toISOString() };
    await addToOutbox(tx, personSuspended, data, now);
    return person;
  }

  async reactivate(command: Command, id: string): Promise<PersonResponse> {
    const { tx, now } = command;
    const person = await this.setStatus(command, id, 'ACTIVE');
    const data = { personId: id, organisationId: person.organisationId, at: now.toISOString() };
    await addToOutbox(tx, personReactivated, data, now);
    return person;
  }

  private async setStatus(command: Command, id: string, status: 'ACTIVE' | 'SUSPENDED'): Promise<PersonResponse> {
    const { tx, viewer, now } = command;
    const [found]: { organisation_id: string }[] = await tx.query('select organisation_id from person where id = $1', [
      id,
    ]);
    if (!found) throw new NotFound('person');
    await this.kindOf(tx, found.organisation_id, viewer);
    const [[row]]: [PersonRow[], number] = await tx.query(
      `update person set status = $2 where id = $1 returning ${columns}`,
      [id, status],
    );
    const what = status === 'ACTIVE' ? 'person.reactivated' : 'person.suspended';
    await recordAct(tx, { personId: viewer.personId, what, subjectId: id }, now);
    return toPersonResponse(must(row, 'people are never deleted'));
  }

  /** The kind of an organisation whose people the viewer may manage: any for an operator, their own for an administrator. */
  private async kindOf(db: EntityManager, organisationId: string, viewer: Viewer): Promise<OrganisationKind> {
    const own = organisationId === viewer.organisation.id;
    const [row]: { kind: OrganisationKind }[] =
      own || hasRole(viewer, 'operator')
        ? await db.query('select kind from organisation where id = $1', [organisationId])
        : [];
    if (!row) throw new NotFound('organisation');
    return row.kind;
  }
}

/** @throws LoginTaken */
export async function insertPerson(tx: EntityManager, person: NewPerson, now: Date): Promise<PersonRow> {
  const { organisationId, login, displayName, passwordHash, roles, mustChangePassword = false, demo = false } = person;
  const [row]: PersonRow[] = await tx.query(
    `insert into person (id, organisation_id, login, display_name, password_hash, roles, status, must_change_password,
       demo, created_at)
     values ($1, $2, $3, $4, $5, $6, 'ACTIVE', $7, $8, $9) on conflict (login) do nothing returning ${columns}`,
    [uuidv7(now), organisationId, login, displayName, passwordHash, roles, mustChangePassword, demo, now],
  );
  if (!row) throw new LoginTaken();
  return row;
}

/** All sessions of a person, but for one that may go on. */
export async function endSessions(tx: EntityManager, personId: string, except: string | null = null): Promise<void> {
  await tx.query(
    `update session set ended_at = now() where person_id = $1 and ended_at is null and id is distinct from $2`,
    [personId, except],
  );
}
