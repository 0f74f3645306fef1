import type { Viewer } from '@app/auth';
import { fen, must, uuidv7 } from '@app/kernel';
import { type Command, idCursor, pageOf, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { Grab } from '../grab/grab.entity.js';
import { NeedNotFound } from '../grab/grab.error.js';
import { LimitService } from '../limit/limit.service.js';
import { EnterpriseFacts } from './enterprise-facts.service.js';
import { firstLookOf, noFirstLook, offeredProduct } from './first-look.service.js';
import { Need } from './need.entity.js';
import { NotADraft, NotRepeatable, RepeatedAlready, TooManyDrafts } from './need.error.js';
import {
  type NeedDetailResponse,
  type NeedPage,
  type NeedResponse,
  toGrabOfNeedResponse,
  toNeedResponse,
} from './need.response.js';
import { scopeOfNeed } from './need.rules.js';
import type { WriteNeedRequest } from './write-need.request.js';

/** More drafts than anybody works on; bounds what a script can pile up. */
const draftsMax = 50;

/** Drafts of needs, and what an enterprise sees of its own needs. */
@Injectable()
export class NeedService {
  constructor(
    private readonly audit: AuditTrail,
    private readonly limits: LimitService,
    private readonly facts: EnterpriseFacts,
  ) {}

  /** The enterprise's own needs, newest first. */
  async list(db: EntityManager, viewer: Viewer, query: PageQuery, now: Date): Promise<NeedPage> {
    const { limit = 20, cursor } = query;
    const after = idCursor(cursor);
    const book = await this.limits.book(db);
    const needs = await db.find(Need, {
      where: { organisationId: viewer.organisation.id, ...(after !== null && { id: LessThan(after) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    return pageOf(
      needs,
      limit,
      (need) => toNeedResponse(need, book.at(now, scopeOfNeed(need)), now),
      ({ id }) => [id],
    );
  }

  async detail(db: EntityManager, viewer: Viewer, id: string, now: Date): Promise<NeedDetailResponse> {
    const need = await ownNeed(db, viewer, id);
    const grabs = await db.find(Grab, { where: { needId: id }, order: { id: 'ASC' } });
    const policy = await this.limits.policyAt(db, now, scopeOfNeed(need));
    return Object.assign(toNeedResponse(need, policy, now), { grabs: grabs.map(toGrabOfNeedResponse) });
  }

  async draft(command: Command, request: WriteNeedRequest): Promise<NeedResponse> {
    return this.insert(command, await this.written(command, request), 'DRAFTED');
  }

  /** A draft of the next version of a need that has ended without money, with everything that was written in it. */
  async repeat(command: Command, id: string): Promise<NeedResponse> {
    const old = await repeatable(command.tx, command.viewer, id);
    const { amountFen, termMonths, purpose, security, annualRateBpMax, contactName, contactPhone } = old;
    const { severalLenders, productId, fairWindow } = old;
    const shownPurpose = await this.facts.shownPurpose(command.tx, old, ownerOf(command.viewer));
    const written = { amountFen, termMonths, purpose, shownPurpose, security, annualRateBpMax, contactName };
    // Who looked first has looked: the next version is for everybody, unless the enterprise says so again.
    const version = { ...noFirstLook, previousId: id.toLowerCase(), version: old.version + 1 };
    return this.insert(
      command,
      { ...written, contactPhone, severalLenders, productId, fairWindow, ...version },
      'REPEATED',
    );
  }

  private async insert(command: Command, written: WrittenNeed, act: string): Promise<NeedResponse> {
    const { tx, viewer, now } = command;
    const { organisation } = viewer;
    const drafts = await tx.countBy(Need, { organisationId: organisation.id, status: 'DRAFT' });
    if (drafts >= draftsMax) throw new TooManyDrafts(draftsMax);
    const need = tx.create(Need, {
      id: uuidv7(now),
      uscc: must(organisation.uscc, 'an enterprise has a code'),
      organisationId: organisation.id,
      enterpriseName: organisation.name,
      status: 'DRAFT',
      createdBy: viewer.personId,
      createdAt: now,
      ...blankNeed,
      ...written,
    });
    await tx.insert(Need, need);
    return this.answer(command, need, act);
  }

  /** Writes a draft anew. */
  async edit(command: Command, id: string, request: WriteNeedRequest): Promise<NeedResponse> {
    const need = await ownNeed(command.tx, command.viewer, id, true);
    if (need.status !== 'DRAFT') throw new NotADraft(need.status);
    const written = await this.written(command, request);
    await command.tx.update(Need, { id }, written);
    return this.answer(command, Object.assign(need, written), 'EDITED');
  }

  private async answer({ tx, viewer, now }: Command, need: Need, act: string): Promise<NeedResponse> {
    const { id, status } = need;
    await this.audit.record(
      tx,
      [{ rootId: id, subject: 'need', subjectId: id, act, to: status }],
      actorOf(viewer),
      now,
    );
    return toNeedResponse(need, await this.limits.policyAt(tx, now, scopeOfNeed(need)), now);
  }

  private async written({ tx, viewer }: Command, request: WriteNeedRequest): Promise<WrittenNeed> {
    const { contact, previousId, termMonths, security, annualRateBpMax } = request;
    const previous = previousId ? await repeatable(tx, viewer, previousId) : undefined;
    const said = {
      amountFen: fen(request.amountFen),
      purpose: request.purpose.trim(),
      contactName: contact.name.trim(),
    };
    return {
      ...said,
      termMonths,
      shownPurpose: await this.facts.shownPurpose(tx, said, ownerOf(viewer)),
      security,
      annualRateBpMax: annualRateBpMax ?? null,
      contactPhone: contact.phone,
      severalLenders: request.severalLenders ?? request.allowMultipleLenders ?? false,
      previousId: previousId?.toLowerCase() ?? null,
      version: (previous?.version ?? 0) + 1,
      productId: request.productId ? await offeredProduct(tx, request.productId) : null,
      fairWindow: request.fairWindow ?? false,
      ...(await firstLookOf(tx, request)),
    };
  }
}

/** What the enterprise itself says of a need. */
type WrittenNeed = Pick<
  Need,
  | 'amountFen'
  | 'termMonths'
  | 'purpose'
  | 'shownPurpose'
  | 'security'
  | 'annualRateBpMax'
  | 'contactName'
  | 'contactPhone'
  | 'severalLenders'
  | 'previousId'
  | 'version'
  | 'productId'
  | 'fairWindow'
  | 'firstLook'
  | 'exclusiveInstitutionId'
  | 'exclusiveInstitutionCode'
>;

/** Of a need that nobody has seen yet. */
const blankNeed = {
  nextId: null,
  exclusiveUntil: null,
  sealedUntil: null,
  commitment: null,
  drawnAt: null,
  waiting: 0,
  lineSeenAt: null,
  publishedAt: null,
  closesAt: null,
  extensions: 0,
  authorisationId: null,
  suspendedAt: null,
  district: null,
  industry2: null,
  tier: null,
  scoreBand: null,
  modelVersion: null,
  taken: 0,
  intendedFen: fen(0),
  nextDue: null,
  endedAt: null,
  endedReason: null,
};

/** Under which code and name the viewer's enterprise writes. */
const ownerOf = ({ organisation }: Viewer) => ({
  uscc: must(organisation.uscc, 'an enterprise has a code'),
  name: organisation.name,
});

/** @throws NeedNotFound also for another enterprise's need */
export async function ownNeed(db: EntityManager, viewer: Viewer, id: string, lock = false): Promise<Need> {
  const need = await db.findOne(Need, {
    where: { id, organisationId: viewer.organisation.id },
    ...(lock && { lock: { mode: 'for_no_key_update' as const } }),
  });
  if (!need) throw new NeedNotFound();
  return need;
}

/** A need that expired, was withdrawn or closed without money may be repeated, once, as a new version of itself. */
async function repeatable(tx: EntityManager, viewer: Viewer, id: string): Promise<Need> {
  const need = await ownNeed(tx, viewer, id);
  if (!['EXPIRED', 'WITHDRAWN', 'CLOSED_UNFUNDED'].includes(need.status)) throw new NotRepeatable();
  if (need.nextId) throw new RepeatedAlready();
  return need;
}
