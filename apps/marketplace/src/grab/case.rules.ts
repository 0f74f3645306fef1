import type { GrabStatus } from '@app/contracts';
import { addDays, chineseCalendar, type Day, dayOf, endOfDay, type Fen } from '@app/kernel';

/** Which state follows which. What is not listed does not happen. */
export const grabMoves: Record<GrabStatus, readonly GrabStatus[]> = {
  ACTIVE: ['CONTACTED', 'DECLINED', 'LAPSED', 'RELEASED', 'CANCELLED', 'LOST'],
  CONTACTED: ['IN_REVIEW', 'DECLINED', 'LAPSED', 'CANCELLED', 'LOST'],
  IN_REVIEW: ['OFFERED', 'DECLINED', 'LAPSED', 'CANCELLED', 'LOST'],
  OFFERED: ['ACCEPTED', 'DECLINED', 'LAPSED', 'CANCELLED', 'LOST'],
  ACCEPTED: ['DISBURSED', 'DECLINED', 'LAPSED'],
  DISBURSED: [],
  DECLINED: [],
  LAPSED: [],
  RELEASED: [],
  CANCELLED: [],
  LOST: [],
};

/** 行业限制, 征信不良, 反担保不足, 额度不符, 企业撤回, 其他 (with a text). */
export const declineReasons = [
  'INDUSTRY_RESTRICTED',
  'POOR_CREDIT',
  'COUNTER_GUARANTEE_SHORT',
  'AMOUNT_DOES_NOT_FIT',
  'ENTERPRISE_WITHDREW',
  'OTHER',
] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** 主办客户经理离岗, 转专业团队, 工作量调整, 企业要求, 回避, 其他. */
export const transferReasons = [
  'LEAVE_OR_ROTATION',
  'SPECIALIST_TEAM',
  'WORKLOAD',
  'ENTERPRISE_REQUEST',
  'CONFLICT_OF_INTEREST',
  'OTHER',
] as const;
export type TransferReason = (typeof transferReasons)[number];

export const contactMethods = ['PHONE', 'VISIT', 'ONLINE'] as const;
export type ContactMethod = (typeof contactMethods)[number];

/** A call or a visit is evidence of the first contact; a message is not. */
export const isEvidence = (method: ContactMethod): boolean => method !== 'ONLINE';

const lapseReasons = [
  'CONTACT_DEADLINE',
  'EVIDENCE_DEADLINE',
  'DECISION_DEADLINE',
  'OFFER_EXPIRED',
  'DRAWDOWN_DEADLINE',
] as const;
type LapseReason = (typeof lapseReasons)[number];

/** Lapses that are the bank's own fault and count towards a suspension; an offer that nobody took is not one. */
export const faultyLapses: readonly LapseReason[] = ['CONTACT_DEADLINE', 'EVIDENCE_DEADLINE', 'DECISION_DEADLINE'];

/** What has to happen next in a case, and by whom it waits. */
export type NextAct = 'CONTACT' | 'EVIDENCE' | 'OFFER' | 'ACCEPTANCE' | 'DISBURSEMENT';

export interface Deadline {
  at: Date;
  act: NextAct;
  /** Why the case lapses when the deadline passes. */
  lapse: LapseReason;
}

interface CaseFacts {
  status: GrabStatus;
  contactBy: Date;
  evidenceBy: Date;
  evidenceAt: Date | null;
  decideBy: Date;
  drawBy: Date | null;
}

/** The next deadline of a case; null when it has ended. `offerValidTo` is that of its open offer. */
export function deadlineOf(facts: CaseFacts, offerValidTo: Day | null): Deadline | null {
  switch (facts.status) {
    case 'ACTIVE':
      return { at: facts.contactBy, act: 'CONTACT', lapse: 'CONTACT_DEADLINE' };
    case 'CONTACTED':
      return facts.evidenceAt === null && facts.evidenceBy < facts.decideBy
        ? { at: facts.evidenceBy, act: 'EVIDENCE', lapse: 'EVIDENCE_DEADLINE' }
        : { at: facts.decideBy, act: 'OFFER', lapse: 'DECISION_DEADLINE' };
    case 'IN_REVIEW':
      return { at: facts.decideBy, act: 'OFFER', lapse: 'DECISION_DEADLINE' };
    case 'OFFERED':
      // The bank took its offer back: it waits for another one, under the clock of the decision.
      if (offerValidTo === null) return { at: facts.decideBy, act: 'OFFER', lapse: 'DECISION_DEADLINE' };
      return { at: endOfDay(offerValidTo), act: 'ACCEPTANCE', lapse: 'OFFER_EXPIRED' };
    case 'ACCEPTED':
      return facts.drawBy && { at: facts.drawBy, act: 'DISBURSEMENT', lapse: 'DRAWDOWN_DEADLINE' };
    default:
      return null;
  }
}

/** The same in SQL, for sorting and finding: of a grab `g` and its standing offer `o`. */
export const deadlineSql = `
  case g.status
    when 'ACTIVE' then g.contact_by
    when 'CONTACTED' then case when g.evidence_at is null then least(g.evidence_by, g.decide_by) else g.decide_by end
    when 'IN_REVIEW' then g.decide_by
    when 'OFFERED' then
      coalesce(((o.valid_to + 1)::timestamp at time zone 'Asia/Shanghai') - interval '1 millisecond', g.decide_by)
    when 'ACCEPTED' then g.draw_by
  end`;

interface ClockPolicy {
  firstContactWorkdays: number;
  evidenceWorkdays: number;
  decisionWorkdays: number;
  smallDecisionWorkdays: number;
  smallNeedMaxFen: Fen;
}

/** The service clocks that start with a grab: working days, the day of the grab not counted. */
export function clocksOf(
  policy: ClockPolicy,
  need: { amountFen: Fen; security: string },
  grabbedAt: Date,
): { contactBy: Date; evidenceBy: Date; decideBy: Date } {
  const start = dayOf(grabbedAt);
  const small = need.security === 'UNSECURED' && need.amountFen <= policy.smallNeedMaxFen;
  const decision = small ? policy.smallDecisionWorkdays : policy.decisionWorkdays;
  return {
    contactBy: chineseCalendar.deadline(start, policy.firstContactWorkdays),
    evidenceBy: chineseCalendar.deadline(start, policy.evidenceWorkdays),
    decideBy: chineseCalendar.deadline(start, decision),
  };
}

/** The last moment of a period of natural days that starts at `from`; never on a day off. */
export const naturalDeadline = (from: Date, days: number): Date =>
  endOfDay(chineseCalendar.addNaturalDays(dayOf(from), days));

/** Whether a report of money came later than so many working days after the day of the payout. */
export const isLateReport = (drawnOn: Day, reportedOn: Day, workdays: number): boolean =>
  reportedOn > chineseCalendar.addWorkdays(drawnOn, workdays);

/** Until when a bank may not grab after its latest lapse; undefined when it has not lapsed too often. */
export function suspensionOf(
  lapses: number,
  policy: { lapsesToSuspend: number; suspensionDays: number },
  now: Date,
): Date | undefined {
  if (lapses < policy.lapsesToSuspend || policy.suspensionDays === 0) return undefined;
  return endOfDay(addDays(dayOf(now), policy.suspensionDays));
}
