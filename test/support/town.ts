import { addDays, dayOf } from '@app/kernel';

import { csv, deliver, eventually, leading } from './deliveries.js';
import { type Answer, type Caller, type House, startHouse } from './house.js';
import { registryFile, rightsFile, scoreFiles, storyFirms } from './story-files.js';

export const password = 'A-long-enough-pass-9';
const { tag, firms } = storyFirms();
const code = tag.toLowerCase();

/** Who works in the town; all share one password. */
export const logins = {
  firm: `firm-${code}`,
  other: `other-${code}`,
  bank: `bank-${code}`,
  rival: `rival-${code}`,
  admin: `admin-${code}`,
  regulator: `reg-${code}`,
  operator: `operator-${code}`,
  second: `second-${code}`,
  source: `source-${code}`,
};

/** Fails with what the service said instead of going on with half a story. */
export async function done(answer: Promise<Answer>): Promise<Record<string, any>> {
  const { status, body, text } = await answer;
  if (status >= 300) throw new Error(`${status} ${text}`);
  return body;
}

/** A house with a handful of firms, two banks, a regulator and a second operator: what browser tests click through. */
export class Town {
  readonly tag = tag;
  readonly firms = firms;
  readonly today = dayOf(new Date());

  private constructor(readonly house: House) {}

  static async open(): Promise<Town> {
    return new Town(await startHouse());
  }

  get registry(): Uint8Array {
    return csv(registryFile(tag, firms), 'gb18030');
  }

  async deliverRegistry(): Promise<void> {
    const file = { feed: 'registry.enterprise', file: this.registry, charset: 'gb18030' };
    await deliver(this.house.operator, { ...file, reference: `reg-${tag}` });
  }

  /** Everything but the registry, and the scores that follow from it. */
  async deliverScores(): Promise<void> {
    for (const { feed, head, rows } of [...scoreFiles(firms), rightsFile(tag, firms)])
      await deliver(this.house.operator, {
        feed,
        file: csv([[...leading, ...head], ...rows]),
        reference: `${feed}-${tag}`,
      });
    for (const { uscc, total } of firms.slice(0, 2))
      await eventually(async () => {
        const { body } = await this.house.operator.get(`/api/profiling/enterprises/${uscc}`);
        const sets: { ruleSet: string; total: number }[] = body['ruleSets'] ?? [];
        return sets.some((set) => set.ruleSet === 'technology-sme' && set.total === total) ? true : undefined;
      }, `${uscc} is scored`);
  }

  /** An organisation and its people: login by role. A source has the code that its contracts name. */
  async member(kind: string, name: string, people: Record<string, string>, known?: string): Promise<void> {
    const memberships = kind === 'institution' ? { memberships: ['CREDIT', 'MARKETPLACE'] } : {};
    const body = { kind, name, code: known ?? Object.keys(people)[0]!.toUpperCase(), ...memberships };
    const { id } = await done(this.house.operator.post('/api/identity/organisations', body));
    for (const [login, role] of Object.entries(people)) await this.person(id, login, role);
  }

  async person(organisation: string, login: string, role: string): Promise<void> {
    const person = { login, password, roles: [role], displayName: '周信' };
    await done(this.house.operator.post(`/api/identity/organisations/${organisation}/people`, person));
  }

  /** Two of them: what one proposes the other approves. */
  async operators(): Promise<void> {
    const { organisation } = await done(this.house.operator.get('/api/identity/me'));
    for (const login of [logins.operator, logins.second]) await this.person(organisation.id, login, 'operator');
  }

  as = (login: string): Promise<Caller> => this.house.anyone.signIn(login, password);

  async register(firm: (typeof firms)[number], login: string): Promise<Caller> {
    const registration = { uscc: firm.uscc, legalRepresentative: firm.legal, login, password };
    await done(this.house.anyone.post('/api/identity/registrations', registration));
    return this.as(login);
  }

  async consent(enterprise: Caller): Promise<void> {
    const whom = { limbs: ['COLLECTION', 'USE'], institutions: 'ALL', purposes: ['PRE_LOAN'] };
    const term = { validFrom: this.today, validTo: addDays(this.today, 300) };
    await done(enterprise.post('/api/credit/authorisations', { ...whom, ...term }));
  }

  async publish(enterprise: Caller, amountFen = '500000000'): Promise<string> {
    const need = { amountFen, termMonths: 12, purpose: '研发设备与备料', security: 'UNSECURED', annualRateBpMax: 450 };
    const contact = { name: '周会计', phone: '13800001111' };
    const { id } = await done(enterprise.post('/api/marketplace/needs', { ...need, contact }));
    await done(enterprise.post(`/api/marketplace/needs/${id}/publication`));
    return id;
  }

  /** Grabs, calls and offers; the grab's id. */
  async offer(bank: Caller, needId: string, annualRateBp = 395): Promise<string> {
    const { id } = await done(bank.post(`/api/marketplace/needs/${needId}/grabs`, { intendedFen: '300000000' }));
    await done(bank.post(`/api/marketplace/grabs/${id}/contact`, { method: 'VISIT', note: '上门看了产线' }));
    const terms = { amountFen: '300000000', annualRateBp, termMonths: 12, repayment: 'EQUAL_PRINCIPAL' };
    const rest = { security: 'UNSECURED', validTo: addDays(this.today, 20) };
    await done(bank.post(`/api/marketplace/grabs/${id}/offers`, { ...terms, ...rest }));
    return id;
  }

  /** An event that nobody could handle. */
  async parkLetter(service: string): Promise<void> {
    await this.house.db.query(
      `insert into ${service}.dead_letter (handler, topic, key, event_id, event, error, tries)
       values ('rollup', 'marketplace.need.changed.v1', 'key-1', gen_random_uuid(), '{"broken": true}', 'Error: no such field', 8)`,
    );
  }
}
