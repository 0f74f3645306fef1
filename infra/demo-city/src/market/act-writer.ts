import { addDays, addMonths, type Day, dayOf, endOfDay, type Fen, yuan } from '@app/kernel';

import type { Enterprise } from '../city.js';
import type { DemoProduct } from '../institutions.js';
import type { Random } from '../random.js';
import type { ContactStep, OfferTerms } from './case-story.js';
import type { ActKind, MarketAct } from './market-act.js';
import type { NeedDraft } from './need-draft.js';

/** Who acts, when, and in which thread. */
export interface Step {
  readonly at: Date;
  readonly by: string;
  readonly thread: string;
}

export interface OfferSpec extends OfferTerms {
  readonly need: NeedDraft;
}

const reasons = [
  'INDUSTRY_RESTRICTED',
  'POOR_CREDIT',
  'POOR_CREDIT',
  'COUNTER_GUARANTEE_SHORT',
  'COUNTER_GUARANTEE_SHORT',
  'AMOUNT_DOES_NOT_FIT',
  'ENTERPRISE_WITHDREW',
  'OTHER',
] as const;

const withdrawals = ['FUNDED_ELSEWHERE', 'NO_LONGER_NEEDED', 'TERMS_DO_NOT_FIT', 'ENTERED_WRONGLY'] as const;

const notes: Record<ContactStep['method'], readonly string[]> = {
  PHONE: [
    '已电话联系财务负责人，了解资金用途和到位时间',
    '电话确认订单和回款情况，约定上门时间',
    '电话核实贷款用途，已请企业准备资料',
  ],
  VISIT: ['上门走访，查看厂房设备和在手订单', '实地走访，与法定代表人面谈', '走访研发部门，了解专利和项目进展'],
  ONLINE: ['线上留言介绍产品，约定电话沟通', '通过平台发送资料清单'],
};

const wanFen = (wan: number): string => String(yuan(wan * 10_000) satisfies Fen);

/** Writes acts as the services want them. Each returns the key by which later acts refer to what it made. */
export class ActWriter {
  readonly acts: MarketAct[] = [];
  readonly sweeps = new Set<number>();

  /** A little after midnight, when all that ends with a day has ended. */
  sweepAfter(deadline: Date): void {
    this.sweeps.add(endOfDay(dayOf(deadline)).getTime() + 10 * 60_000);
  }

  sign(step: Step, key: string, months: number): string {
    const validFrom = dayOf(step.at);
    return this.write(step, 'SIGN', key, 'authorisations', {
      limbs: ['COLLECTION', 'USE'],
      institutions: 'ALL',
      purposes: ['PRE_LOAN', 'POST_LOAN'],
      validFrom,
      validTo: addDays(addMonths(validFrom, months), -1),
    });
  }

  revoke(step: Step, authorisation: string): string {
    return this.write(step, 'REVOKE', `${authorisation}-r`, `authorisations/{${authorisation}}/revocation`);
  }

  draft(step: Step, key: string, need: NeedDraft, contactName: string): string {
    const { wan, termMonths, purpose, security, annualRateBpMax, phone } = need;
    return this.write(step, 'DRAFT', key, 'needs', {
      amountFen: wanFen(wan),
      termMonths,
      purpose,
      security,
      ...(annualRateBpMax && { annualRateBpMax }),
      contact: { name: contactName, phone },
    });
  }

  publish(step: Step, need: string): string {
    return this.write(step, 'PUBLISH', `${need}-p`, `needs/{${need}}/publication`);
  }

  withdraw(step: Step, need: string, random: Random): string {
    return this.write(step, 'WITHDRAW', `${need}-w`, `needs/{${need}}/withdrawal`, {
      reason: random.pick(withdrawals),
    });
  }

  grab(step: Step, need: string, key: string, wan: number): string {
    return this.write(step, 'GRAB', key, `needs/{${need}}/grabs`, { intendedFen: wanFen(wan) });
  }

  contact(
    step: Step,
    grab: string,
    { method, place }: { method: ContactStep['method']; place: number },
    random: Random,
  ) {
    const body = { method, note: random.pick(notes[method]) };
    return this.write(step, 'CONTACT', `${grab}-c${place}`, `grabs/{${grab}}/contact`, body);
  }

  query(step: Step, grab: string, { uscc }: Enterprise): string {
    return this.write(step, 'QUERY', `${grab}-q`, 'queries', { uscc, purpose: 'PRE_LOAN' });
  }

  offer(step: Step, grab: string, { need, wan, annualRateBp, feesYuan, validTo }: OfferSpec): string {
    return this.write(step, 'OFFER', `${grab}-o`, `grabs/{${grab}}/offers`, {
      amountFen: wanFen(wan),
      annualRateBp,
      termMonths: need.termMonths,
      repayment: need.termMonths > 24 ? 'EQUAL_INSTALMENT' : 'INTEREST_FIRST',
      security: need.security,
      ...(feesYuan > 0 && { feesFen: String(yuan(feesYuan)) }),
      validTo,
    });
  }

  decline(step: Step, grab: string, random: Random): string {
    const reason = random.pick(reasons);
    const text = reason === 'OTHER' && { text: '企业暂不具备我行准入条件，后续持续跟进' };
    return this.write(step, 'DECLINE', `${grab}-d`, `grabs/{${grab}}/decline`, { reason, ...text });
  }

  release(step: Step, grab: string): string {
    return this.write(step, 'RELEASE', `${grab}-x`, `grabs/{${grab}}/release`);
  }

  accept(step: Step, grab: string): string {
    return this.write(step, 'ACCEPT', `${grab}-a`, `offers/{${grab}-o}/acceptance`);
  }

  disburse(step: Step, grab: string, { wan, drawnOn }: { wan: number; drawnOn: Day }): string {
    const body = { amountFen: wanFen(wan), drawnOn };
    return this.write(step, 'DISBURSE', `${grab}-m`, `grabs/{${grab}}/disbursement`, body);
  }

  product(step: Step, key: string, product: DemoProduct): string {
    const { name, amountWanMin, amountWanMax, termMonthsMin, termMonthsMax, annualRateBpMin, annualRateBpMax } =
      product;
    return this.write(step, 'PRODUCT', key, 'products', {
      name,
      amountMinFen: wanFen(amountWanMin),
      amountMaxFen: wanFen(amountWanMax),
      termMonthsMin,
      termMonthsMax,
      annualRateBpMin,
      annualRateBpMax,
      security: [product.security],
    });
  }

  proposeLimit(step: Step, key: string, change: { what: string; value: unknown; effectiveFrom: Day; reason: string }) {
    return this.write(step, 'PROPOSE_LIMIT', key, 'limits/changes', change);
  }

  rejectLimit(step: Step, change: string, note: string): string {
    return this.write(step, 'REJECT_LIMIT', `${change}-n`, `limits/changes/{${change}}/rejection`, { note });
  }

  scoreBanks(step: Step, month: string): string {
    return this.write(step, 'SCORE_BANKS', `scores-${month}`, `quality/months/${month}/computation`);
  }

  publishScores(step: Step, month: string): string {
    return this.write(step, 'PUBLISH_SCORES', `scores-${month}-p`, `quality/months/${month}/publication`);
  }

  private write({ at, by, thread }: Step, kind: ActKind, key: string, path: string, body: object = {}): string {
    const service = kind === 'SIGN' || kind === 'REVOKE' || kind === 'QUERY' ? 'credit' : 'marketplace';
    this.acts.push({ at, kind, key, thread, by, service, path, body });
    return key;
  }
}
