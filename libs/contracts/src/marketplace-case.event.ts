import { defineEvent, field } from './event-definition.js';

/** Whose case it is: the need, its enterprise, the bank, and the one who answers for the bank. */
const ofCase = {
  needId: field.uuid(),
  grabId: field.uuid(),
  uscc: field.uscc(),
  institutionId: field.uuid(),
  institutionCode: field.code(),
  managerId: field.uuid(),
};

export const caseTransferred = defineEvent(
  'marketplace.case.transferred.v1',
  'A case was handed to another account manager of the same bank; `managerId` is the new one.',
  'uscc',
  {
    ...ofCase,
    fromPersonId: field.uuid(),
    toPersonId: field.uuid(),
    byPersonId: field.uuid(),
    reason: field.code(),
  },
);

export const contactRecorded = defineEvent(
  'marketplace.contact.recorded.v1',
  'A bank recorded a contact with the enterprise; `first` is the one that 首问负责 and the first clock count from.',
  'uscc',
  {
    ...ofCase,
    contactId: field.uuid(),
    method: field.code(),
    first: field.flag(),
    /** A call or a visit; a message alone is none. */
    evidence: field.flag(),
    happenedAt: field.instant(),
    minutesSinceGrab: field.integer(0),
  },
);

export const attachmentAdded = defineEvent(
  'marketplace.attachment.added.v1',
  'A bank kept a file as evidence of its work on a case; the event names its digest and not its content.',
  'uscc',
  { ...ofCase, attachmentId: field.uuid(), sha256: field.code(), bytes: field.integer(1) },
);

export const visitChanged = defineEvent(
  'marketplace.visit.changed.v1',
  'A site visit was planned (`from` is null), held, or called off.',
  'uscc',
  {
    ...ofCase,
    visitId: field.uuid(),
    from: field.orNull(field.choice('PLANNED', 'HELD', 'CANCELLED')),
    to: field.choice('PLANNED', 'HELD', 'CANCELLED'),
    plannedAt: field.instant(),
  },
);

export const clockChanged = defineEvent(
  'marketplace.clock.changed.v1',
  'The service clocks of a case were paused with a reason, or run again; deadlines are the new ones.',
  'uscc',
  {
    ...ofCase,
    pauseId: field.uuid(),
    change: field.choice('PAUSED', 'RESUMED'),
    reason: field.code(),
    side: field.choice('INSTITUTION', 'ENTERPRISE', 'OPERATOR'),
    /** The last day of the pause. */
    pausedTo: field.day(),
    contactBy: field.instant(),
    evidenceBy: field.instant(),
    decideBy: field.instant(),
  },
);

export const deadlineNeared = defineEvent(
  'marketplace.deadline.neared.v1',
  'A deadline of a case comes soon and nothing has happened yet; said once for each deadline.',
  'uscc',
  {
    ...ofCase,
    act: field.choice('CONTACT', 'EVIDENCE', 'OFFER', 'ACCEPTANCE', 'DISBURSEMENT'),
    waitsFor: field.choice('INSTITUTION', 'ENTERPRISE'),
    deadline: field.instant(),
  },
);

export const feedbackGiven = defineEvent(
  'marketplace.feedback.given.v1',
  'An enterprise rated a bank after its case had ended.',
  'uscc',
  { ...ofCase, feedbackId: field.uuid(), stars: field.integer(1, 5) },
);

export const complaintChanged = defineEvent(
  'marketplace.complaint.changed.v1',
  'An enterprise complained about a bank (`from` is null), the bank answered, or an operator closed it.',
  'uscc',
  {
    ...ofCase,
    complaintId: field.uuid(),
    category: field.code(),
    from: field.orNull(field.choice('OPEN', 'ANSWERED', 'CLOSED')),
    to: field.choice('OPEN', 'ANSWERED', 'CLOSED'),
    /** Of a closed one: whether the operator found it justified. */
    upheld: field.orNull(field.flag()),
    answerBy: field.instant(),
  },
);

export const lprQuoted = defineEvent(
  'marketplace.lpr.quoted.v1',
  'An operator entered a quote of the loan prime rate (LPR).',
  'quoteId',
  {
    quoteId: field.uuid(),
    tenor: field.choice('1Y', '5Y'),
    publishedOn: field.day(),
    rateBp: field.integer(0),
    verified: field.flag(),
  },
);
