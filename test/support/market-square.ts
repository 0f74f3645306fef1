import { addDays } from '@app/kernel';

import { eventually } from './deliveries.js';
import type { Caller } from './house.js';
import { done, logins, type Town } from './town.js';

/** What stands on the square: ids for addresses of pages. */
export interface Square {
  LIST: string;
  CAMPAIGN: string;
}

interface People {
  regulator: Caller;
  bank: Caller;
  admin: Caller;
  firm: Caller;
}

/** A list with a take-up, a campaign with a visit, a programme, a scored month, a webhook and a complaint: pages show more than emptiness. */
export async function buildSquare(town: Town, caseId: string): Promise<Square> {
  const [regulator, bank, admin, firm] = await Promise.all(
    [logins.regulator, logins.bank, logins.admin, logins.firm].map(town.as),
  );
  const people: People = { regulator: regulator!, bank: bank!, admin: admin!, firm: firm! };
  const LIST = await list(town, people);
  const CAMPAIGN = await campaign(town, people);
  await programme(people.regulator);
  await score(town);
  const hook = { url: 'https://hooks.bank.example/notices', kinds: ['case.opened', 'complaint.opened'] };
  const { id } = await done(people.admin.post('/api/notification/webhooks', hook));
  await done(people.admin.post(`/api/notification/webhooks/${id}/ping`));
  const complaint = { category: 'NO_CONTACT', text: '两次约好的时间都没有来' };
  await done(people.firm.post(`/api/marketplace/grabs/${caseId}/complaints`, complaint));
  return { LIST, CAMPAIGN };
}

async function list(town: Town, { regulator, firm, bank }: People): Promise<string> {
  const period = { opensOn: town.today, closesOn: addDays(town.today, 60) };
  const usccs = town.firms.slice(0, 2).map(({ uscc }) => uscc);
  const draft = { title: '光电子企业融资对接榜单', rules: '揭榜银行须在五个工作日内联系企业。', industry: '39' };
  const { id } = await done(regulator.post('/api/marketplace/listings', { ...draft, ...period, usccs }));
  await done(regulator.post(`/api/marketplace/listings/${id}/publication`));
  const { items } = await done(firm.get('/api/marketplace/listing-entries'));
  const entry = items[0].id as string;
  const contact = { name: '周会计', phone: '13800001111' };
  await done(firm.post(`/api/marketplace/listing-entries/${entry}/answer`, { answer: 'CONSENTED', contact }));
  const takeUp = await done(bank.post(`/api/marketplace/listings/${id}/entries/${entry}/take-ups`));
  await done(bank.post(`/api/marketplace/take-ups/${takeUp['id']}/steps`, { step: 'CONTACTED' }));
  return id;
}

async function campaign(town: Town, { regulator, firm, bank }: People): Promise<string> {
  const whom = { limbs: ['COLLECTION', 'USE'], institutions: 'ALL', purposes: ['RECOMMENDATION'] };
  const term = { validFrom: town.today, validTo: addDays(town.today, 300) };
  await done(firm.post('/api/credit/authorisations', { ...whom, ...term }));
  const period = { opensOn: town.today, closesOn: addDays(town.today, 90) };
  const institutions = [logins.bank.toUpperCase()];
  const draft = { title: '冬季首贷拓展行动', rules: '每家企业十五天内走访。', institutions, ...period };
  const { id } = await done(regulator.post('/api/marketplace/first-loan-campaigns', draft));
  await done(regulator.post(`/api/marketplace/first-loan-campaigns/${id}/opening`));
  const target = await eventually(async () => {
    const { items } = await done(bank.get('/api/marketplace/first-loan-targets'));
    return items[0]?.id as string | undefined;
  }, 'an enterprise is given to the bank');
  const visit = { visitedOn: town.today, method: 'VISIT', outcome: 'CONTACTED', note: '见到法人' };
  await done(bank.post(`/api/marketplace/first-loan-targets/${target}/visits`, visit));
  return id;
}

async function programme(regulator: Caller): Promise<void> {
  const ranges = { amountMinFen: '50000000', amountMaxFen: '1000000000', termMonthsMin: 6, termMonthsMax: 36 };
  const rates = { annualRateBpMin: 300, annualRateBpMax: 435, security: ['UNSECURED', 'IP_PLEDGE'] };
  const name = { code: 'KDT-2026', family: 'KE_DAI_TONG', name: '科贷通', source: '苏科资〔2026〕12号' };
  await done(regulator.post('/api/marketplace/programmes', { ...name, ...ranges, ...rates }));
}

/** The month before this one, published: what everybody may see. */
async function score({ house, today }: Town): Promise<void> {
  const month = addDays(addDays(today, 1 - Number(today.slice(8))), -1).slice(0, 7);
  await done(house.operator.post(`/api/marketplace/quality/months/${month}/computation`));
  await done(house.operator.post(`/api/marketplace/quality/months/${month}/publication`));
}
