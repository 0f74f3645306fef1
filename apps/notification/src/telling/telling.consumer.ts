import {
  authorisationRevoked,
  authorisationSigned,
  calendarEnding,
  caseTransferred,
  clockChanged,
  complaintChanged,
  deadlineNeared,
  disbursementReported,
  drawHeld,
  enterpriseRegistered,
  type EventDefinition,
  type EventEnvelope,
  feedbackGiven,
  firstLoanTargetChanged,
  freshnessMissed,
  flagRaised,
  grabChanged,
  headroomCrossed,
  institutionsScored,
  limitChanged,
  limitHeld,
  listingChanged,
  listingConsentAsked,
  membershipsChanged,
  needChanged,
  offerChanged,
  personReactivated,
  personSuspended,
  recordsChanged,
  safetyNoted,
  searchDigested,
  searchHit,
  takeUpChanged,
  visitChanged,
  waitingChanged,
} from '@app/contracts';
import { Clock, must } from '@app/kernel';
import { EventHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Notices } from '../notice/notices.service.js';
import {
  ofFreshness,
  ofMemberships,
  ofReactivation,
  ofRecords,
  ofRegistration,
  ofRevocation,
  ofSignature,
  ofSuspension,
} from './account.rules.js';
import { ofCalendar, ofDisbursement, ofGrab, ofLimit, ofLimitHeld, ofNeed, ofOffer } from './market.rules.js';
import { ofFlag, ofSafetyNote, ofScores } from './safety.rules.js';
import { ofFirstLoan, ofHit, ofListing, ofListingAsk, ofSearchDigest, ofTakeUp } from './search.rules.js';
import type { Heard, Told } from './told.rules.js';
import {
  ofClock,
  ofComplaint,
  ofDeadline,
  ofDraw,
  ofFeedback,
  ofHeadroom,
  ofTransfer,
  ofVisit,
  ofWaiting,
} from './work.rules.js';

interface Reader {
  event: EventDefinition<never>;
  read: (heard: EventEnvelope<never>) => Told[];
}

/** Ties an event to its reader, so that the compiler sees whether they fit. */
const reader = <E>(event: E, read: (heard: Heard<E>) => Told[]): Reader => ({ event, read }) as unknown as Reader;

/** One line per event that somebody is told of. */
const readers: Reader[] = [
  reader(needChanged, ofNeed),
  reader(grabChanged, ofGrab),
  reader(offerChanged, ofOffer),
  reader(disbursementReported, ofDisbursement),
  reader(limitChanged, ofLimit),
  reader(limitHeld, ofLimitHeld),
  reader(calendarEnding, ofCalendar),
  reader(caseTransferred, ofTransfer),
  reader(visitChanged, ofVisit),
  reader(clockChanged, ofClock),
  reader(deadlineNeared, ofDeadline),
  reader(feedbackGiven, ofFeedback),
  reader(complaintChanged, ofComplaint),
  reader(waitingChanged, ofWaiting),
  reader(drawHeld, ofDraw),
  reader(headroomCrossed, ofHeadroom),
  reader(searchHit, ofHit),
  reader(searchDigested, ofSearchDigest),
  reader(listingChanged, ofListing),
  reader(listingConsentAsked, ofListingAsk),
  reader(takeUpChanged, ofTakeUp),
  reader(firstLoanTargetChanged, ofFirstLoan),
  reader(safetyNoted, ofSafetyNote),
  reader(flagRaised, ofFlag),
  reader(institutionsScored, ofScores),
  reader(authorisationSigned, ofSignature),
  reader(authorisationRevoked, ofRevocation),
  reader(enterpriseRegistered, ofRegistration),
  reader(membershipsChanged, ofMemberships),
  reader(personSuspended, ofSuspension),
  reader(personReactivated, ofReactivation),
  reader(recordsChanged, ofRecords),
  reader(freshnessMissed, ofFreshness),
];

const byTopic = new Map(readers.map(({ event, read }) => [event.topic, read]));

/** Turns what the other services say happened into what people are told. */
@Injectable()
@EventHandler({ name: 'notification.telling', events: readers.map(({ event }) => event), batchMax: 500 })
export class TellingConsumer {
  constructor(
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {}

  async handle(heard: EventEnvelope<never>[], tx: EntityManager): Promise<void> {
    const told = heard.flatMap((event) =>
      must(byTopic.get(event.topic), `nobody reads ${event.topic}`)(event as EventEnvelope<never>),
    );
    await this.notices.tell(tx, told, this.clock.now());
  }
}
