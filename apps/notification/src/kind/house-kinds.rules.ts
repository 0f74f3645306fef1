import type { Kind } from './kind-shape.rules.js';

/** What operators are told, and what concerns a person's own account. */
export const houseKinds = {
  'limit.proposed': {
    to: ['OPERATORS'],
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    webhook: false,
    link: '/operator/limits',
    variables: ['changeId', 'what', 'value', 'effectiveFrom'],
    title: { zh: '有限额变更待复核', en: 'A change of a limit waits for approval' },
    text: {
      zh: '{what} 拟改为 {value}，{effectiveFrom} 起生效，需第二名运营员复核。',
      en: '{what} is to become {value} from {effectiveFrom}; a second operator has to approve.',
    },
  },
  'limit.decided': {
    to: ['OPERATORS'],
    urgency: 'LOW',
    email: 'OFF',
    sms: 'OFF',
    webhook: false,
    link: '/operator/limits',
    variables: ['changeId', 'what', 'value', 'effectiveFrom', 'limitStatus'],
    title: { zh: '限额变更已复核', en: 'A change of a limit was decided' },
    text: {
      zh: '{what} 改为 {value}（{effectiveFrom} 起）：{limitStatus}。',
      en: '{what} to {value} from {effectiveFrom}: {limitStatus}.',
    },
  },
  'account.reactivated': {
    to: ['PERSON'],
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    webhook: false,
    link: null,
    variables: [],
    title: { zh: '账户已恢复', en: 'Your account is active again' },
    text: { zh: '您的账户已恢复使用。', en: 'You may sign in again.' },
  },
  'flag.raised': {
    to: ['OPERATORS'],
    urgency: 'NORMAL',
    email: 'DIGEST',
    sms: 'OFF',
    webhook: false,
    link: '/operator/watch?tab=flags',
    variables: ['flagId', 'flag'],
    title: { zh: '市场出现异常：{flag}', en: 'Something looks odd: {flag}' },
    text: { zh: '{flag}，请查看证据并作出说明或认定。', en: '{flag}: look at the evidence, explain it or confirm it.' },
  },
  'quality.published': {
    to: ['ADMINS'],
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    webhook: false,
    link: '/bank/service?month={month}',
    variables: ['month', 'institutions', 'gradesFrom'],
    title: { zh: '{month} 服务质量评分已公布', en: 'Service quality of {month} is published' },
    text: {
      zh: '{institutions} 家机构参评；等级自 {gradesFrom} 起影响限额。',
      en: '{institutions} institutions; grades hold for limits from {gradesFrom}.',
    },
  },
} as const satisfies Record<string, Kind>;
