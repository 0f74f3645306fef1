import { setTimeout as pause } from 'node:timers/promises';

import { addDays, dayOf } from '@app/kernel';

import { csv } from '../support/deliveries.js';
import { registryFile, storyFirms, type StoryFirm } from '../support/story-files.js';
import { Patient } from './patient.js';
import { until } from './until.js';

const password = 'A-long-enough-pass-9';
const today = dayOf(new Date());
/** Below the 30 that one account manager may grab in a day: then a colleague goes on. */
const roundsPerManager = 25;
/** People take a breath between two deals, and the day's limits of the institutions last for all faults. */
const breathMs = 1_000;

interface Bank {
  organisationId: string;
  code: string;
  managers: number;
  deals: number;
  manager: Patient;
}

/** One way of a need to money, of which every step was acknowledged. */
export interface Deal {
  uscc: string;
  needId: string;
  grabId: string;
  offerId: string;
  paidFen: bigint;
}

/** Enterprises and banks that go on with the main story, round by round, while others break the cluster. */
export class Market {
  readonly deals: Deal[] = [];
  /** Rows of deliveries that were reported as taken in. */
  acceptedRows = 0;
  readonly firms: StoryFirm[];
  private readonly tag: string;
  private enterprises: Patient[] = [];
  private banks: Bank[] = [];
  private working: Promise<unknown> = Promise.resolve();
  private stopping = false;
  private files = 0;

  constructor(
    private readonly anyone: Patient,
    private readonly operator: Patient,
  ) {
    const { tag, firms } = storyFirms();
    this.tag = tag;
    this.firms = firms;
  }

  /** The registry is delivered, enterprises register, banks come on board: the story up to the market. */
  async open(): Promise<void> {
    const batch = await this.deliver(registryFile(this.tag, this.firms), `registry-${this.tag}`);
    expect(batch).toMatchObject({ status: 'DONE', read: 9, accepted: 6, quarantined: 2, refused: 1 });
    await Promise.all(this.firms.map((firm, at) => this.enter(firm, at)));
  }

  private async enter(firm: StoryFirm, at: number): Promise<void> {
    const [login, code] = [`firm-${this.tag}-${at}`.toLowerCase(), `CL${this.tag}${at}`];
    // A registration is proved by the registry, which the batch has just brought.
    await this.anyone.post('/api/identity/registrations', {
      uscc: firm.uscc,
      legalRepresentative: firm.legal,
      login,
      password,
    });
    this.enterprises[at] = await this.anyone.signIn(login, password);
    await this.enterprises[at].post('/api/credit/authorisations', {
      limbs: ['COLLECTION', 'USE'],
      institutions: 'ALL',
      purposes: ['PRE_LOAN'],
      validFrom: today,
      validTo: addDays(today, 300),
    });
    const organisation = { kind: 'institution', name: `集群银行${code}`, code, memberships: ['CREDIT', 'MARKETPLACE'] };
    const { id } = await this.operator.post('/api/identity/organisations', organisation);
    const bank = { organisationId: id, code, managers: 0, deals: 0 };
    const manager = await this.nextManager(bank);
    this.banks[at] = { ...bank, manager };
  }

  private async nextManager(bank: Omit<Bank, 'manager'>): Promise<Patient> {
    bank.managers += 1;
    const login = `${bank.code}-${bank.managers}`.toLowerCase();
    const person = { login, password, roles: ['account-manager'] };
    await this.operator.post(`/api/identity/organisations/${bank.organisationId}/people`, person);
    return this.anyone.signIn(login, password);
  }

  /** Every enterprise with a bank of its own, round after round; and a file of the registry with each of them. */
  begin(): void {
    this.stopping = false;
    this.working = Promise.all(this.firms.map((_, at) => this.goOn(at)));
    // Looked at when it is ended.
    this.working.catch(() => undefined);
  }

  async end(): Promise<void> {
    this.stopping = true;
    await this.working;
  }

  /** Resolves when so many further deals are done; fails when somebody's round has failed. */
  async advance(deals: number, title: string): Promise<void> {
    const wanted = this.deals.length + deals;
    const failed = this.working.then(
      () => new Error('everybody has stopped'),
      (error: Error) => error,
    );
    let failure: Error | undefined;
    void failed.then((error) => (failure = error));
    await until(
      () => {
        if (failure && this.deals.length < wanted) throw failure;
        return this.deals.length >= wanted;
      },
      title,
      150_000,
    );
  }

  /** Many banks at once for one need: how many places there were, and how many were given. */
  async race(): Promise<{ places: number; won: number }> {
    const need = await this.publish(0, '300000000');
    const tries = this.banks.flatMap(({ manager }) => Array.from({ length: 5 }, () => manager));
    const answers = await Promise.all(
      tries.map((bank) =>
        bank.call('POST', `/api/marketplace/needs/${need['id']}/grabs`, '{"intendedFen":"50000000"}', {
          'content-type': 'application/json',
        }),
      ),
    );
    return { places: need['placesLeft'], won: answers.filter(({ status }) => status === 201).length };
  }

  private async goOn(at: number): Promise<void> {
    while (!this.stopping) {
      await this.deal(at);
      if (at === 0) await this.tellRegistry();
      await pause(breathMs);
    }
  }

  private async deal(at: number): Promise<void> {
    const bank = await this.bankOf(at);
    const round = this.deals.length;
    const { id: needId } = await this.publish(at, '500000000');
    const { id: grabId } = await bank.post(`/api/marketplace/needs/${needId}/grabs`, { intendedFen: '100000000' });
    await bank.post(`/api/marketplace/grabs/${grabId}/contact`, { method: 'PHONE', note: '已联系' });
    // Amounts differ, so that one that is lost and one that is doubled cannot make up for each other.
    const paidFen = 100_000_000n + BigInt(at * 10_000 + round);
    const { id: offerId } = await bank.post(`/api/marketplace/grabs/${grabId}/offers`, {
      amountFen: String(paidFen),
      annualRateBp: 395,
      termMonths: 12,
      repayment: 'INTEREST_FIRST',
      security: 'UNSECURED',
      validTo: addDays(today, 20),
    });
    await this.enterprises[at]!.post(`/api/marketplace/offers/${offerId}/acceptance`);
    await bank.post(`/api/marketplace/grabs/${grabId}/disbursement`, { amountFen: String(paidFen), drawnOn: today });
    this.deals.push({ uscc: this.firms[at]!.uscc, needId, grabId, offerId, paidFen });
  }

  private async bankOf(at: number): Promise<Patient> {
    const bank = this.banks[at]!;
    bank.deals += 1;
    if (bank.deals % roundsPerManager === 0) bank.manager = await this.nextManager(bank);
    return bank.manager;
  }

  /** One need that is published as part of somebody's trace. */
  async publishTraced(traceparent: string): Promise<void> {
    await this.publish(0, '300000000', { traceparent });
  }

  private async publish(
    at: number,
    amountFen: string,
    headers: Record<string, string> = {},
  ): Promise<Record<string, any>> {
    const { id } = await this.enterprises[at]!.post('/api/marketplace/needs', {
      amountFen,
      termMonths: 12,
      purpose: '研发投入',
      security: 'UNSECURED',
      contact: { name: '周会计', phone: '13800001111' },
    });
    return this.enterprises[at]!.post(`/api/marketplace/needs/${id}/publication`, {}, headers);
  }

  /** Other addresses of the same firms: one new version of each record. */
  private async tellRegistry(): Promise<void> {
    const round = this.files++;
    const [head, ...rows] = registryFile(this.tag, this.firms);
    const changed = rows.slice(0, this.firms.length).map((row) => [...row.slice(0, -1), `玉山镇${round + 2}号`]);
    const { accepted, status } = await this.deliver([head!, ...changed], `registry-${this.tag}-${round}`);
    expect({ accepted, status }).toEqual({ accepted: this.firms.length, status: 'DONE' });
    this.acceptedRows += this.firms.length;
  }

  private async deliver(rows: (string | number)[][], reference: string): Promise<Record<string, any>> {
    const file = csv(rows);
    const answer = await this.operator.call('POST', '/api/ingestion/feeds/registry.enterprise/batches', file, {
      'content-type': 'text/csv; charset=utf-8',
      'batch-reference': reference,
    });
    expect([reference, answer.status, answer.text]).toEqual([reference, 202, expect.anything()]);
    let batch: Record<string, any> = {};
    await until(
      async () => {
        ({ body: batch } = await this.operator.get(`/api/ingestion/batches/${answer.body['id']}`));
        return batch['status'] === 'DONE' || batch['status'] === 'FAILED';
      },
      `the batch ${reference} ends`,
      120_000,
    );
    return batch;
  }
}
