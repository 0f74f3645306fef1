import { lprQuoted } from '@app/contracts';
import { type Day, day, dayOf, InvalidInput, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, decodeCursor, pageOf, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThanOrEqual } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { LprQuoteRow } from './lpr-quote.entity.js';
import { type LprQuotePage, type LprQuoteResponse, toLprQuoteResponse } from './lpr.response.js';
import { lprOn, type LprTenor } from './lpr.rules.js';
import { QuoteNotCompared } from './offer.error.js';
import type { QuoteLprRequest } from './quote-lpr.request.js';

/** Two people for a rate that every later offer is counted from: one enters it, another one compares it. */
async function refuseUncompared(
  tx: EntityManager,
  quote: Pick<LprQuoteRow, 'tenor' | 'publishedOn' | 'rateBp'>,
  personId: string,
): Promise<void> {
  const order = { recordedAt: 'DESC', id: 'DESC' } as const;
  const { tenor, publishedOn } = quote;
  const entered = await tx.findOne(LprQuoteRow, { where: { tenor, publishedOn }, order });
  if (entered?.rateBp !== quote.rateBp || entered.recordedBy === personId) throw new QuoteNotCompared();
}

/** The loan prime rate as dated data: what offers count their points from. */
@Injectable()
export class LprService {
  constructor(private readonly audit: AuditTrail) {}

  /** Newest publication first. A page goes on by number: the list is short and grows once a month. */
  async list(db: EntityManager, { limit = 50, cursor }: PageQuery): Promise<LprQuotePage> {
    const [skipped] = decodeCursor(cursor, 1) ?? [0];
    const skip = typeof skipped === 'number' && skipped >= 0 ? skipped : 0;
    const order = { publishedOn: 'DESC', tenor: 'ASC', recordedAt: 'DESC', id: 'DESC' } as const;
    const quotes = await db.find(LprQuoteRow, { order, skip, take: limit + 1 });
    return pageOf(quotes, limit, toLprQuoteResponse, () => [skip + limit]);
  }

  async quote(command: Command, request: QuoteLprRequest): Promise<LprQuoteResponse> {
    const { tx, viewer, now } = command;
    const publishedOn = day(request.publishedOn);
    if (publishedOn > dayOf(now)) throw new InvalidInput([{ pointer: '/publishedOn', detail: 'lies in the future' }]);
    const { tenor, rateBp, verified } = request;
    if (verified) await refuseUncompared(tx, { tenor, publishedOn, rateBp }, viewer.personId);
    const id = uuidv7(now);
    const said = { tenor, publishedOn, rateBp, verified };
    const quote = { id, ...said, source: request.source.trim(), recordedBy: viewer.personId, recordedAt: now };
    await tx.insert(LprQuoteRow, quote);
    const act = { rootId: id, subject: 'limit' as const, subjectId: id, act: 'LPR_QUOTED', detail: said };
    await this.audit.record(tx, [act], actorOf(viewer), now);
    await addToOutbox(tx, lprQuoted, { quoteId: id, ...said }, now);
    return toLprQuoteResponse(quote);
  }

  /** The quote in force on a day; undefined where none is known. */
  async on(db: EntityManager, tenor: LprTenor, on: Day): Promise<LprQuoteRow | undefined> {
    const order = { publishedOn: 'ASC', recordedAt: 'ASC', id: 'ASC' } as const;
    return lprOn(await db.find(LprQuoteRow, { where: { tenor, publishedOn: LessThanOrEqual(on) }, order }), tenor, on);
  }
}
