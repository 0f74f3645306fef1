import { randomBytes } from 'node:crypto';

import { demoPassword } from '@app/config';
import {
  type City,
  type DemoPerson,
  demoPeople,
  institutions,
  type Officer,
  operatorOrganisation,
  regulatorOrganisation,
  sources,
} from '@app/demo-city';

import type { Seeding, SeedPerson } from '../../../identity/src/identity.module.js';

/** Everybody of the city with an account: the few of the README with the password, the others without one. */
export async function seedPeople(seeding: Seeding, city: City, officers: readonly Officer[]): Promise<void> {
  const people = demoPeople(city);
  const known = await seeding.isSeeded();
  const password = demoPassword() ?? (known ? null : randomBytes(9).toString('base64url'));
  const silent = [...silentPeople(people), ...silentOfficers(city, officers)];
  await seeding.seedPeople([...people.map((person) => seedOf(person, city)), ...silent], password);
  if (password !== null && demoPassword() === undefined) console.log(`demo password (shown once): ${password}`);
}

export function printSignIns(city: City): void {
  console.log('demo sign-ins (one password for all):');
  for (const { login, note } of demoPeople(city)) console.log(`  ${login.padEnd(20)} ${note}`);
}

const seedOf = (person: DemoPerson, city: City): SeedPerson => ({
  login: person.login,
  displayName: person.name,
  roles: [person.role],
  organisation: organisationOf(person, city),
  tryThis: person.note,
});

function organisationOf({ role, organisation }: DemoPerson, city: City): SeedPerson['organisation'] {
  if (role === 'operator') return operatorOrganisation;
  if (role === 'regulator') return regulatorOrganisation;
  if (role === 'source') return { kind: 'source', code: organisation, name: nameOf(sources, organisation) };
  if (role === 'enterprise') {
    const { name } = city.enterprises.find(({ uscc }) => uscc === organisation)!;
    return { kind: 'enterprise', code: organisation, name, uscc: organisation };
  }
  return institutionOf(organisation);
}

/** Account managers who act in the city's history, and one person per source so that the organisation exists. */
function silentPeople(people: readonly DemoPerson[]): SeedPerson[] {
  const taken = new Set(people.map(({ login }) => login));
  const managers = institutions.flatMap(({ code, managers: list }) =>
    list.map(({ login, name }) => ({
      login,
      displayName: name,
      roles: ['account-manager' as const],
      organisation: institutionOf(code),
      password: null,
    })),
  );
  const officers = sources.map(({ code, name }) => ({
    login: officerOf(code),
    displayName: `${name}数据接口`,
    roles: ['source' as const],
    organisation: { kind: 'source' as const, code, name },
    password: null,
  }));
  return [...managers, ...officers].filter(({ login }) => !taken.has(login));
}

/** Login of a source's own interface, which delivers its files. */
export const officerOf = (source: string): string => `feeds-${source.toLowerCase()}`;

/** Enterprises that act in the market's history; nobody signs in for them. */
function silentOfficers(city: City, officers: readonly Officer[]): SeedPerson[] {
  const names = new Map(city.enterprises.map(({ uscc, name }) => [uscc as string, name]));
  return officers.map(({ login, name, uscc }) => ({
    login,
    displayName: name,
    roles: ['enterprise'],
    organisation: { kind: 'enterprise', code: uscc, name: names.get(uscc) ?? uscc, uscc },
    password: null,
  }));
}

function institutionOf(code: string): SeedPerson['organisation'] {
  const { name, memberships } = institutions.find((institution) => institution.code === code)!;
  return { kind: 'institution', code, name, memberships: [...memberships] };
}

const nameOf = (list: readonly { code: string; name: string }[], code: string): string =>
  list.find((item) => item.code === code)?.name ?? code;
