import { programmeChanged } from '@app/contracts';
import { must, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, idCursor, pageOf, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { type Subscribed, TermsReader } from '../product/terms-reader.service.js';
import type { ProgrammeTerms } from '../product/terms.rules.js';
import { AlreadySubscribed, ProgrammeClosed, ProgrammeCodeTaken, ProgrammeNotFound } from './programme.error.js';
import {
  type FrameTerms,
  type ProgrammePage,
  type ProgrammeResponse,
  type ProgrammeRow,
  toProgrammeResponse,
} from './programme.response.js';
import type { EditProgrammeRequest, WriteProgrammeRequest } from './write-programme.request.js';

const programmesSql = `
  select p.id, p.code, p.family, p.owner_id as "ownerId", p.owner_name as "ownerName", p.version, p.status,
         p.changed_at as "changedAt", v.terms,
         (select count(*)::integer from product s
          where s.status = 'OFFERED' and s.programme->>'id' = p.id::text) as subscribers
  from programme p join programme_version v on v.programme_id = p.id and v.version = p.version`;

/** Public programmes, such as 科贷通: templates that departments write and institutions subscribe to. */
@Injectable()
export class ProgrammeService {
  constructor(
    private readonly reader: TermsReader,
    private readonly audit: AuditTrail,
  ) {}

  /** Newest first. */
  async list(db: EntityManager, { limit = 50, cursor }: PageQuery): Promise<ProgrammePage> {
    const rows: ProgrammeRow[] = await db.query(
      `${programmesSql} where ($1::uuid is null or p.id < $1) order by p.id desc limit $2`,
      [idCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, toProgrammeResponse, ({ id }) => [id]);
  }

  async one(db: EntityManager, id: string): Promise<ProgrammeResponse> {
    return toProgrammeResponse(await read(db, id));
  }

  async create(command: Command, request: WriteProgrammeRequest): Promise<ProgrammeResponse> {
    const { tx, viewer, now } = command;
    const id = uuidv7(now);
    const inserted: unknown[] = await tx.query(
      `insert into programme (id, code, family, owner_id, owner_name, version, status, created_at, changed_at)
       values ($1, $2, $3, $4, $5, 1, 'OPEN', $6, $6) on conflict (code) do nothing returning id`,
      [id, request.code, request.family, viewer.organisation.id, viewer.organisation.name, now],
    );
    if (inserted.length === 0) throw new ProgrammeCodeTaken();
    return this.write(command, id, 1, request);
  }

  /** A new version; products keep the version that they signed up to until they are edited. */
  async edit(command: Command, id: string, request: EditProgrammeRequest): Promise<ProgrammeResponse> {
    const { version } = await this.own(command, id);
    await command.tx.query('update programme set version = $2, changed_at = $3 where id = $1', [
      id,
      version + 1,
      command.now,
    ]);
    return this.write(command, id, version + 1, request);
  }

  /** No more subscriptions; products that there are go on. */
  async close(command: Command, id: string): Promise<ProgrammeResponse> {
    const { tx, now } = command;
    const { version } = await this.own(command, id);
    await tx.query(`update programme set status = 'CLOSED', changed_at = $2 where id = $1`, [id, now]);
    await this.tell(command, id, 'CLOSED', version);
    return this.one(tx, id);
  }

  /** What an institution signs up to now. The lock lets one of two subscriptions at once win. */
  async subscribable({ tx, viewer }: Command, id: string): Promise<Subscribed> {
    await tx.query('select 1 from programme where id = $1 for no key update', [id]);
    const row = await read(tx, id);
    if (row.status === 'CLOSED') throw new ProgrammeClosed();
    const [{ taken }]: [{ taken: boolean }] = await tx.query(
      `select exists (select 1 from product where institution_id = $1 and status <> 'WITHDRAWN'
                      and programme->>'id' = $2) as taken`,
      [viewer.organisation.id, id],
    );
    if (taken) throw new AlreadySubscribed();
    return subscribed(row);
  }

  /** An edit of a subscribed product signs up to the programme as it is now. */
  async renewed(tx: EntityManager, { id }: ProgrammeTerms): Promise<Subscribed> {
    return subscribed(await read(tx, id));
  }

  private async write(
    command: Command,
    id: string,
    version: number,
    request: EditProgrammeRequest,
  ): Promise<ProgrammeResponse> {
    const { tx, viewer, now } = command;
    const terms: FrameTerms = {
      ...this.reader.frame(request),
      name: request.name.trim(),
      description: request.description?.trim() ?? '',
      source: request.source.trim(),
    };
    await tx.query(
      `insert into programme_version (programme_id, version, terms, written_by, written_at)
       values ($1, $2, $3, $4, $5)`,
      [id, version, JSON.stringify(terms), viewer.personId, now],
    );
    await this.tell(command, id, version === 1 ? 'OPENED' : 'EDITED', version);
    return this.one(tx, id);
  }

  private async tell({ tx, viewer, now }: Command, id: string, act: string, version: number): Promise<void> {
    const detail = { version };
    await this.audit.record(
      tx,
      [{ rootId: id, subject: 'programme', subjectId: id, act, detail }],
      actorOf(viewer),
      now,
    );
    const { code, family, status } = await read(tx, id);
    await addToOutbox(tx, programmeChanged, { programmeId: id, code, family, version, status }, now);
  }

  /** A programme of another department is answered like one that is not there. */
  private async own({ tx, viewer }: Command, id: string): Promise<{ version: number }> {
    const [row]: { version: number; status: string }[] = await tx.query(
      'select version, status from programme where id = $1 and owner_id = $2 for no key update',
      [id, viewer.organisation.id],
    );
    if (!row) throw new ProgrammeNotFound();
    if (row.status === 'CLOSED') throw new ProgrammeClosed();
    return row;
  }
}

async function read(db: EntityManager, id: string): Promise<ProgrammeRow> {
  const [row]: ProgrammeRow[] = await db.query(`${programmesSql} where p.id = $1`, [id]);
  if (!row) throw new ProgrammeNotFound();
  return row;
}

const subscribed = ({ id, code, version, terms }: ProgrammeRow): Subscribed => ({
  programme: { id, code, version, name: terms.name, admission: terms.admission },
  frame: must(terms, 'a programme has a frame'),
});
