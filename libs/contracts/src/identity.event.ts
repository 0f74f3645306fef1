import { defineEvent, field } from './event-definition.js';

export const enterpriseRegistered = defineEvent(
  'identity.enterprise.registered.v1',
  'An enterprise has an account and its identity is proved: it may sign and publish from now on.',
  'uscc',
  {
    organisationId: field.uuid(),
    uscc: field.uscc(),
    name: field.text(),
    at: field.instant(),
  },
);

export const membershipsChanged = defineEvent(
  'identity.memberships.changed.v1',
  'An institution joined or left the credit database or the marketplace; the list holds all that are left.',
  'organisationId',
  {
    organisationId: field.uuid(),
    code: field.code(),
    memberships: field.list(field.choice('CREDIT', 'MARKETPLACE')),
    at: field.instant(),
  },
);

export const personSuspended = defineEvent(
  'identity.person.suspended.v1',
  'A person may not sign in any more; their sessions have ended.',
  'personId',
  { personId: field.uuid(), organisationId: field.uuid(), at: field.instant() },
);

export const personReactivated = defineEvent(
  'identity.person.reactivated.v1',
  'A suspended person may sign in again.',
  'personId',
  { personId: field.uuid(), organisationId: field.uuid(), at: field.instant() },
);
