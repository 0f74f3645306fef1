import { type DeclineReason, declineReasons } from '../grab/case.rules.js';

/** A sentence in both languages of the portal. */
export interface Bilingual {
  zh: string;
  en: string;
}

/** Why a bank's case ended, for the enterprise to read: what happened, and what it can do now. */
export interface EndingText {
  said: Bilingual;
  next: Bilingual;
}

const text = (said: [zh: string, en: string], next: [zh: string, en: string]): EndingText => ({
  said: { zh: said[0], en: said[1] },
  next: { zh: next[0], en: next[1] },
});

const declines: Record<DeclineReason, EndingText> = {
  INDUSTRY_RESTRICTED: text(
    [
      '贵企业所属行业或项目不在该行当前的投放范围内。',
      'Your industry or project is outside what this bank lends to at present.',
    ],
    [
      '这不是对贵企业信用的评价。可以等待其他银行响应，或在产品货架上选择面向本行业的产品；行业登记有误的，请向市场监管部门更正。',
      'This says nothing about your credit. Wait for other banks, or choose a product for your industry from the shelf; if your registered industry is wrong, have it corrected at the market regulator.',
    ],
  ),
  POOR_CREDIT: text(
    [
      '该行审核后认为贵企业的信用记录暂不符合其准入要求。',
      'After review, this bank finds that your credit record does not meet its admission rules for now.',
    ],
    [
      '请在“信用报告”中查看记录；有错误的可提出异议（20 日内答复），已履行完毕的可申请信用修复，结清逾期后可重新发布需求。',
      'Look at your records under “Credit report”. Dispute what is wrong (answered within 20 days), apply for credit repair where you have performed, and publish again once arrears are settled.',
    ],
  ),
  COUNTER_GUARANTEE_SHORT: text(
    ['现有担保或反担保不足以支持本次申请。', 'The security or counter-guarantee is not enough for this application.'],
    [
      '可以补充抵押、质押或知识产权质押，申请政策性担保机构增信，或将担保方式改为信用并适当降低金额后重新发布。',
      'Add a mortgage, a pledge or an IP pledge, ask a policy guarantor for support, or publish again as unsecured with a smaller amount.',
    ],
  ),
  AMOUNT_DOES_NOT_FIT: text(
    ['申请金额与该行可核定的额度不符。', 'The amount does not fit what this bank can approve.'],
    [
      '可以调整金额或期限后重新发布，或允许多家银行共同满足该需求。',
      'Change the amount or the term and publish again, or let several banks lend a part each.',
    ],
  ),
  ENTERPRISE_WITHDREW: text(
    ['该行记录为：贵企业已表示不再办理。', 'The bank recorded that you no longer wish to go on.'],
    [
      '如与事实不符，可以在本案中提出投诉；仍有需要时可重新发布需求。',
      'If that is not so, file a complaint about this case; publish again whenever you need to.',
    ],
  ),
  OTHER: text(
    [
      '该行因其他原因未能继续办理，具体说明见下方。',
      'The bank could not go on for another reason; see its own words below.',
    ],
    [
      '可以向该行的客户经理了解详情，或等待其他银行响应。',
      'Ask the bank’s account manager for details, or wait for other banks.',
    ],
  ),
};

const others: Record<string, EndingText> = {
  RELEASED: text(
    ['该行在联系贵企业之前归还了名额。', 'The bank gave its place back before it contacted you.'],
    [
      '名额已重新开放，其他银行可以继续响应，无需操作。',
      'The place is open to other banks again; there is nothing you need to do.',
    ],
  ),
  CONTACT_DEADLINE: text(
    ['该行未在时限内与贵企业联系，名额已自动收回。', 'The bank did not contact you in time; its place was taken back.'],
    ['名额已重新开放。可以对该行的服务作出评价。', 'The place is open again. You may rate this bank’s service.'],
  ),
  EVIDENCE_DEADLINE: text(
    [
      '该行未在时限内进行电话或上门联系，名额已自动收回。',
      'The bank neither called nor visited in time; its place was taken back.',
    ],
    ['名额已重新开放。可以对该行的服务作出评价。', 'The place is open again. You may rate this bank’s service.'],
  ),
  DECISION_DEADLINE: text(
    ['该行未在时限内给出审批意见，名额已自动收回。', 'The bank did not decide in time; its place was taken back.'],
    [
      '名额已重新开放。可以对该行的服务作出评价或提出投诉。',
      'The place is open again. You may rate the service or file a complaint.',
    ],
  ),
  OFFER_EXPIRED: text(
    ['该行的报价已过有效期，未被接受。', 'The bank’s offer ran out without being accepted.'],
    [
      '仍有意向的，可以联系该行重新报价，或重新发布需求。',
      'If you are still interested, ask the bank for a new offer, or publish again.',
    ],
  ),
  DRAWDOWN_DEADLINE: text(
    [
      '报价接受后超过约定期限仍未放款，已自动失效。',
      'No money was paid out in the time that follows an acceptance; the case has lapsed.',
    ],
    ['请向该行了解原因；可以提出投诉或重新发布需求。', 'Ask the bank why; you may file a complaint or publish again.'],
  ),
  NEED_WITHDRAWN: text(
    ['贵企业撤回了需求。', 'You withdrew the need.'],
    ['需要时可以重新发布。', 'Publish again whenever you need to.'],
  ),
  OTHER_OFFER_ACCEPTED: text(
    ['贵企业接受了其他银行的报价。', 'You accepted another bank’s offer.'],
    ['无需操作。', 'There is nothing you need to do.'],
  ),
  ENOUGH_ACCEPTED: text(
    ['贵企业已以接受的部分结束该需求。', 'You ended the need with the part that was accepted.'],
    ['无需操作。', 'There is nothing you need to do.'],
  ),
  NEED_COVERED: text(
    ['需求金额已由其他银行的报价满足。', 'Other banks’ offers cover the whole need.'],
    ['无需操作。', 'There is nothing you need to do.'],
  ),
};

/** Codes that have a text of their own. */
export const endingCodes: readonly string[] = [...declineReasons, ...Object.keys(others)];

/** The text for a case's end; null while it runs. A code without a text (there is none today) says so itself. */
export function endingTextOf(code: string | null): EndingText | null {
  if (code === null) return null;
  const known = (declines as Record<string, EndingText>)[code] ?? others[code];
  return known ?? text([`办理已结束（${code}）。`, `The case has ended (${code}).`], ['', '']);
}
