import {
  authorisationRevoked,
  authorisationSigned,
  disbursementReported,
  type EventEnvelope,
  grabChanged,
  needChanged,
  offerChanged,
} from '@app/contracts';
import { must } from '@app/kernel';
import { EventHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import {
  type Fact,
  factsOfAuthorisation,
  factsOfDisbursement,
  factsOfGrab,
  factsOfNeed,
  factsOfOffer,
} from './fact.rules.js';
import { Facts } from './fact.service.js';

const events = [
  needChanged,
  grabChanged,
  offerChanged,
  disbursementReported,
  authorisationSigned,
  authorisationRevoked,
] as const;

/** Each takes the events of its own topic only: the bus hands over what was checked against the topic's schema. */
const readers = new Map<string, (event: EventEnvelope<never>) => Fact[]>([
  [needChanged.topic, factsOfNeed],
  [grabChanged.topic, factsOfGrab],
  [offerChanged.topic, factsOfOffer],
  [disbursementReported.topic, factsOfDisbursement],
  [authorisationSigned.topic, factsOfAuthorisation],
  [authorisationRevoked.topic, factsOfAuthorisation],
]);

/** Counts what the other services say happened. */
@Injectable()
@EventHandler({ name: 'supervision.facts', events, batchMax: 500 })
export class FactConsumer {
  constructor(private readonly facts: Facts) {}

  async handle(heard: EventEnvelope<object>[], tx: EntityManager): Promise<void> {
    const found = heard.flatMap((event) =>
      must(readers.get(event.topic), `nobody reads ${event.topic}`)(event as EventEnvelope<never>),
    );
    await this.facts.count(tx, found);
  }
}
