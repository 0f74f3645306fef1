import type { Viewer } from '@app/auth';
import type { Uscc } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { ModulesContainer } from '@nestjs/core';

import { type Enterprise, type Market, startMarket } from '../../apps/marketplace/test/support/market.js';
import { type TestPerson, tokenOf } from '../support/people.js';
import type { TestClient } from '../support/test-service.js';

export const enterpriseCount = 26;
export const bankCount = 12;
const managersPerBank = 3;

/** An account manager, by number: 38 people of banks and enterprises differ from run to run only in their ids. */
export interface Manager {
  index: number;
  bank: number;
  client: TestClient;
  viewer: Viewer;
}

/** 64 actors: 26 enterprises, 36 account managers of 12 banks, two operators. */
export interface Cast {
  market: Market;
  enterprises: Enterprise[];
  managers: Manager[];
  operator: TestClient;
}

export async function gather(): Promise<Cast> {
  const market = await startMarket();
  const enterprises: Enterprise[] = [];
  for (let index = 0; index < enterpriseCount; index += 1) enterprises.push(await market.enterprise());
  const managers: Manager[] = [];
  for (let bank = 0; bank < bankCount; bank += 1) {
    const first = await market.bank({ code: `BANK-${String(bank).padStart(2, '0')}` });
    const people = [first];
    while (people.length < managersPerBank)
      people.push(await market.as('account-manager', { colleagueOf: first.person! }));
    for (const client of people)
      managers.push({ index: managers.length, bank, client, viewer: viewerOf(client.person!) });
  }
  for (const job of jobsOf(market)) await job.pause();
  return { market, enterprises, managers, operator: await market.as('operator') };
}

/** Work on a timer would come when the machine likes it: the simulation calls what it wants, when the dice say so. */
const jobsOf = ({ app }: Market): PeriodicJob[] =>
  [...app.get(ModulesContainer).values()]
    .flatMap(({ providers }) => [...providers.values()])
    .map(({ instance }) => instance)
    .filter((instance) => instance instanceof PeriodicJob);

/** Tokens live for fifteen minutes of real time, whatever the market's clock says. */
export async function renewTokens({ enterprises, managers, operator }: Cast): Promise<void> {
  for (const { person } of [...enterprises, operator, ...managers.map(({ client }) => client)])
    person!.token = await tokenOf(person!);
}

const viewerOf = (person: TestPerson): Viewer => ({
  sessionId: person.sessionId,
  personId: person.personId,
  displayName: 'account manager',
  roles: ['account-manager'],
  organisation: {
    id: person.organisationId,
    kind: 'institution',
    code: person.organisationCode,
    status: 'ACTIVE',
    name: person.organisationCode,
    uscc: person.uscc as Uscc | null,
    memberships: ['CREDIT', 'MARKETPLACE'],
  },
});
