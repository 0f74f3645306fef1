import type {
  caseTransferred,
  clockChanged,
  complaintChanged,
  deadlineNeared,
  drawHeld,
  feedbackGiven,
  headroomCrossed,
  visitChanged,
  waitingChanged,
} from '@app/contracts';

import { type Heard, tell, type Told } from './told.rules.js';

/** Both ends of a hand-over; who did it by themselves knows. */
export function ofTransfer(event: Heard<typeof caseTransferred>): Told[] {
  const { grabId, fromPersonId, toPersonId, byPersonId, institutionId } = event.data;
  const told: Told[] = [];
  if (toPersonId !== byPersonId) told.push(tell(event, 'case.received', grabId, { person: toPersonId, institutionId }));
  if (fromPersonId !== byPersonId)
    told.push(tell(event, 'case.handed-over', grabId, { person: fromPersonId, institutionId }));
  return told;
}

export const ofVisit = (event: Heard<typeof visitChanged>): Told[] => [
  tell(event, 'visit.changed', event.data.visitId, { enterprise: event.data.uscc }, { visitStatus: event.data.to }),
];

/** Every pause is seen by both sides. */
export function ofClock(event: Heard<typeof clockChanged>): Told[] {
  const { grabId, uscc, managerId, institutionId, change: clock } = event.data;
  return [
    tell(event, 'clock.changed', grabId, { person: managerId, institutionId }, { clock }),
    tell(event, 'clock.seen', grabId, { enterprise: uscc }, { clock }),
  ];
}

export function ofDeadline(event: Heard<typeof deadlineNeared>): Told[] {
  const { grabId, uscc, managerId, institutionId, waitsFor, deadline: deadlineAt } = event.data;
  return waitsFor === 'ENTERPRISE'
    ? [tell(event, 'deadline.waiting', grabId, { enterprise: uscc }, { deadlineAt })]
    : [tell(event, 'deadline.neared', grabId, { person: managerId, institutionId }, { deadlineAt })];
}

export function ofFeedback(event: Heard<typeof feedbackGiven>): Told[] {
  const { grabId, managerId, institutionId } = event.data;
  return [
    tell(event, 'feedback.given', grabId, { person: managerId, institutionId }),
    tell(event, 'feedback.given', grabId, { adminsOf: institutionId }),
  ];
}

export function ofComplaint(event: Heard<typeof complaintChanged>): Told[] {
  const { complaintId, uscc, managerId, institutionId, to, upheld } = event.data;
  const bank = [{ person: managerId, institutionId }, { adminsOf: institutionId }];
  if (to === 'OPEN') return bank.map((whom) => tell(event, 'complaint.opened', complaintId, whom));
  if (to === 'ANSWERED') return [tell(event, 'complaint.answered', complaintId, { enterprise: uscc })];
  const outcome = upheld ? 'UPHELD' : 'NOT_UPHELD';
  return [
    tell(event, 'complaint.closed', complaintId, { enterprise: uscc }, { outcome }),
    ...bank.map((whom) => tell(event, 'complaint.decided', complaintId, whom, { outcome })),
  ];
}

/** Who got a place hears of the grab itself; who left did so by themselves. */
export function ofWaiting(event: Heard<typeof waitingChanged>): Told[] {
  const { entryId, managerId, institutionId, to } = event.data;
  return to === 'PASSED' ? [tell(event, 'waiting.passed', entryId, { person: managerId, institutionId })] : [];
}

export const ofDraw = (event: Heard<typeof drawHeld>): Told[] => [
  tell(event, 'draw.held', event.data.needId, { enterprise: event.data.uscc }),
];

export function ofHeadroom(event: Heard<typeof headroomCrossed>): Told[] {
  const { alertId, subject, subjectId } = event.data;
  const told = [tell(event, 'headroom.crossed', alertId, { operators: true })];
  if (subject === 'INSTITUTION') told.push(tell(event, 'headroom.crossed', alertId, { adminsOf: subjectId }));
  if (subject === 'MANAGER') told.push(tell(event, 'headroom.crossed', alertId, { person: subjectId }));
  return told;
}
