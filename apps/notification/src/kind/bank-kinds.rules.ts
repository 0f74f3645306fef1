import type { Kind } from './kind-shape.rules.js';

/** A bank's notices never hold the name or the code of an enterprise, grabbed or not: the page behind the link does. */
const ofCase = { to: ['MANAGER'], webhook: true, link: '/bank/cases/{grabId}' } as const;
const caseVariables = ['grabId', 'needId', 'needAmountFen', 'industry', 'district'] as const;
const zhCase = '需求（{industry}·{district}·{needAmountFen}）';
const enCase = 'The case ({industry}, {district}, {needAmountFen})';

/** What people of an institution, and its own systems, are told. */
export const bankKinds = {
  'case.opened': {
    ...ofCase,
    urgency: 'LOW',
    email: 'OFF',
    sms: 'OFF',
    variables: [...caseVariables, 'intendedFen'],
    title: { zh: '抢单成功', en: 'You have a place' },
    text: { zh: `${zhCase}抢单成功，请按时限首次联系。`, en: `${enCase} is yours: contact the enterprise in time.` },
  },
  'case.accepted': {
    ...ofCase,
    urgency: 'URGENT',
    email: 'NOW',
    sms: 'NOW',
    variables: caseVariables,
    title: { zh: '企业接受了您的报价', en: 'Your offer was accepted' },
    text: { zh: `${zhCase}的报价已被接受，请安排放款。`, en: `${enCase}: the offer was accepted, arrange the payout.` },
  },
  'case.lost': {
    ...ofCase,
    urgency: 'NORMAL',
    email: 'DIGEST',
    sms: 'OFF',
    variables: caseVariables,
    title: { zh: '企业选择了其他报价', en: 'Another offer was accepted' },
    text: { zh: `${zhCase}已选择其他报价，个案结束。`, en: `${enCase} is closed: another offer was accepted.` },
  },
  'case.cancelled': {
    ...ofCase,
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    variables: caseVariables,
    title: { zh: '企业撤回了需求', en: 'The need was withdrawn' },
    text: { zh: `${zhCase}已被企业撤回，个案结束。`, en: `${enCase} is closed: the enterprise withdrew its need.` },
  },
  'case.lapsed': {
    ...ofCase,
    to: ['MANAGER', 'ADMINS'],
    urgency: 'URGENT',
    email: 'NOW',
    sms: 'OFF',
    variables: [...caseVariables, 'reason'],
    title: { zh: '个案逾期，名额已收回', en: 'A case has lapsed' },
    text: {
      zh: `${zhCase}逾期（{reason}），名额已收回，计入逾期次数。`,
      en: `${enCase} has lapsed ({reason}); the place was taken back and it counts as a lapse.`,
    },
  },
  'membership.changed': {
    to: ['ADMINS'],
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    webhook: true,
    link: null,
    variables: ['memberships'],
    title: { zh: '会员资格变更', en: 'Your memberships changed' },
    text: { zh: '贵机构现有会员资格：{memberships}。', en: 'Memberships of your institution now: {memberships}.' },
  },
  'person.suspended': {
    to: ['ADMINS'],
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    webhook: false,
    link: '/bank/people',
    variables: ['personId'],
    title: { zh: '本机构有人员被停用', en: 'A colleague was suspended' },
    text: {
      zh: '本机构一名人员的账户已停用，请及时移交其在办个案。',
      en: 'An account of your institution was suspended: hand over the open cases.',
    },
  },
  'webhook.parked': {
    to: ['ADMINS'],
    urgency: 'URGENT',
    email: 'NOW',
    sms: 'OFF',
    webhook: false,
    link: '/bank/webhooks?state=PARKED',
    variables: ['host'],
    title: { zh: '推送地址多次失败', en: 'A webhook gave up' },
    text: {
      zh: '向 {host}的推送多次失败，已停放。修复后可在推送记录中重放。',
      en: 'Sending to {host} failed again and again and is parked. Replay it from the log once it is mended.',
    },
  },
} as const satisfies Record<string, Kind>;
