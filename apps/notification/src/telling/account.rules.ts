import type {
  authorisationRevoked,
  authorisationSigned,
  enterpriseRegistered,
  freshnessMissed,
  membershipsChanged,
  personReactivated,
  personSuspended,
  recordsChanged,
} from '@app/contracts';
import { dayOf } from '@app/kernel';

import { type Heard, stableId, tell, type Told } from './told.rules.js';

export const ofSignature = (event: Heard<typeof authorisationSigned>): Told[] => [
  tell(event, 'authorisation.signed', event.data.authorisationId, { enterprise: event.data.uscc }),
];

export const ofRevocation = (event: Heard<typeof authorisationRevoked>): Told[] => [
  tell(event, 'authorisation.revoked', event.data.authorisationId, { enterprise: event.data.uscc }),
];

export const ofRegistration = (event: Heard<typeof enterpriseRegistered>): Told[] => [
  tell(event, 'account.opened', event.data.organisationId, { enterprise: event.data.uscc }),
];

export const ofMemberships = (event: Heard<typeof membershipsChanged>): Told[] => [
  tell(event, 'membership.changed', event.data.organisationId, { adminsOf: event.data.organisationId }),
];

export const ofSuspension = (event: Heard<typeof personSuspended>): Told[] => [
  tell(event, 'person.suspended', event.data.personId, { adminsOf: event.data.organisationId }),
];

export const ofReactivation = (event: Heard<typeof personReactivated>): Told[] => [
  tell(event, 'account.reactivated', event.data.personId, { person: event.data.personId }),
];

/** A feed may bring an enterprise hundreds of parts a day: it is told once per feed and day in Suzhou. */
export function ofRecords(event: Heard<typeof recordsChanged>): Told[] {
  const { uscc, feed } = event.data;
  const told = tell(event, 'records.changed', feed, { enterprise: uscc });
  return [{ ...told, sourceId: stableId('records.changed', uscc, feed, dayOf(new Date(event.at))) }];
}

export const ofFreshness = (event: Heard<typeof freshnessMissed>): Told[] => [
  tell(event, 'freshness.missed', event.data.feed, { operators: true }),
];
