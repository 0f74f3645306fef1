import type { Kind } from './kind-shape.rules.js';

const told = { to: ['ENTERPRISE'], webhook: false } as const;
const needs = '/enterprise/needs';

/** What an enterprise is told while banks work on its needs, and of lists and draws. */
export const enterpriseWorkKinds = {
  'visit.changed': {
    ...told,
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    link: needs,
    variables: ['institution', 'plannedAt', 'visitStatus'],
    title: { zh: '{institution}的走访安排', en: 'A visit of {institution}' },
    text: { zh: '{institution} {plannedAt}的走访：{visitStatus}。', en: '{institution}, {plannedAt}: {visitStatus}.' },
  },
  'clock.seen': {
    ...told,
    urgency: 'LOW',
    email: 'OFF',
    sms: 'OFF',
    link: needs,
    variables: ['institution', 'clock', 'reason', 'decideBy'],
    title: { zh: '{institution}的办理计时变更', en: 'The clock of {institution} changed' },
    text: {
      zh: '{institution}的计时{clock}（{reason}），最迟 {decideBy} 给出结论。',
      en: 'The clock of {institution} is {clock} ({reason}); its decision is due by {decideBy}.',
    },
  },
  'deadline.waiting': {
    ...told,
    urgency: 'URGENT',
    email: 'NOW',
    sms: 'NOW',
    link: '/enterprise/offers?need={needId}',
    variables: ['institution', 'needId', 'deadlineAt'],
    title: { zh: '{institution}的报价即将到期', en: 'The offer of {institution} runs out soon' },
    text: {
      zh: '{institution}的报价 {deadlineAt} 到期，请比较后决定是否接受。',
      en: 'The offer of {institution} runs out at {deadlineAt}: compare, and decide.',
    },
  },
  'complaint.answered': {
    ...told,
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    link: needs,
    variables: ['institution', 'complaintId'],
    title: { zh: '{institution}答复了您的投诉', en: '{institution} answered your complaint' },
    text: {
      zh: '请查看{institution}的答复，运营将据此办结。',
      en: 'Read what {institution} says; the operator decides.',
    },
  },
  'complaint.closed': {
    ...told,
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    link: '/enterprise/invitations?tab=complaints',
    variables: ['institution', 'complaintId', 'outcome'],
    title: { zh: '对{institution}的投诉已办结', en: 'Your complaint about {institution} is closed' },
    text: {
      zh: '运营已办结对{institution}的投诉：{outcome}。',
      en: 'The operator closed it ({institution}): {outcome}.',
    },
  },
  'listing.asked': {
    ...told,
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    link: '/enterprise/invitations',
    variables: ['entryId', 'title', 'owner'],
    title: { zh: '您入选榜单：{title}', en: 'You are on a list: {title}' },
    text: {
      zh: '{owner}发布的“{title}”收录了贵企业。是否同意向银行展示名称，请您决定。',
      en: '“{title}” by {owner} has your enterprise on it. Decide whether banks may see its name.',
    },
  },
  'listing.taken': {
    ...told,
    urgency: 'NORMAL',
    email: 'NOW',
    sms: 'OFF',
    link: '/enterprise/invitations',
    variables: ['institution', 'entryId'],
    title: { zh: '{institution}揭榜对接贵企业', en: '{institution} took you up from a list' },
    text: { zh: '{institution}已揭榜，将与您联系。', en: '{institution} took you up and will contact you.' },
  },
  'draw.held': {
    ...told,
    urgency: 'LOW',
    email: 'OFF',
    sms: 'OFF',
    link: needs,
    variables: ['needId', 'entries', 'placed'],
    title: { zh: '抽签结果已公布', en: 'The draw was held' },
    text: {
      zh: '{entries} 家银行参加抽签，{placed} 家抽中。结果任何人可验证。',
      en: '{entries} banks took part and {placed} got a place. Anybody can check the draw.',
    },
  },
} as const satisfies Record<string, Kind>;
