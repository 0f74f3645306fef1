import { enterpriseRegistered } from '@app/contracts';
import { normaliseUscc, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { recordAct } from '../act/act.service.js';
import { Attempts } from '../attempt/attempt.service.js';
import { backOffOf, registrationLimits } from '../identity.config.js';
import { isReservedLogin } from '../person/login.rules.js';
import { Passwords } from '../person/password.service.js';
import { LoginTaken } from '../person/person.error.js';
import { insertPerson } from '../person/person.service.js';
import { CreateRegistrationRequest } from './create-registration.request.js';
import { IdentityProof, type Proof } from './identity-proof.driver.js';
import { ClaimRefused, EnterpriseHasAccount } from './registration.error.js';
import { RegistrationResponse, toRegistrationResponse } from './registration.response.js';
import { faultOfClaim, type RegistryEntry } from './registration.rules.js';

const limits = backOffOf(registrationLimits);

/** An enterprise opens its account: the registry bears the claim out, then the proof says whether it may sign. */
@Injectable()
export class Registrations {
  constructor(
    private readonly attempts: Attempts,
    private readonly passwords: Passwords,
    private readonly proof: IdentityProof,
  ) {}

  async register(command: Command, request: CreateRegistrationRequest): Promise<RegistrationResponse> {
    const { tx, now } = command;
    const uscc = normaliseUscc(request.uscc);
    const { login, legalRepresentative } = request;
    if (isReservedLogin(login)) throw new LoginTaken();
    // Applications for one enterprise wait for each other; the loser then finds the winner's account.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 12))`, [`registration ${uscc}`]);
    const passwordHash = await this.passwords.hashNew(request.password, login);
    const { name } = await this.provenEntry(command, uscc, legalRepresentative);
    const status = await this.proof.prove({ uscc, legalRepresentative });
    const organisationId = await openOrganisation(command, { uscc, name, status });
    const person = await insertPerson(
      tx,
      { organisationId, login, displayName: login, passwordHash, roles: ['enterprise'], demo: this.proof.demo },
      now,
    );
    const id = uuidv7(now);
    await tx.query(
      `insert into registration (id, organisation_id, person_id, uscc, name, login, proof, status, created_at, decided_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        organisationId,
        person.id,
        uscc,
        name,
        login,
        this.proof.kind,
        status,
        now,
        status === 'ACTIVE' ? now : null,
      ],
    );
    const detail = { uscc, login, status, proof: this.proof.kind };
    await recordAct(tx, { personId: person.id, what: 'enterprise.registered', subjectId: id, detail }, now);
    if (status === 'ACTIVE') await tellRegistered(tx, { organisationId, uscc, name }, now);
    const row = { id, organisation_id: organisationId, person_id: person.id, uscc, name, login, status };
    return toRegistrationResponse({ ...row, approvals: 0, reason: null, created_at: now });
  }

  /** @throws ClaimRefused, and TooManyAttempts after too many wrong names for this enterprise */
  private async provenEntry({ tx, now }: Command, uscc: string, legalRepresentative: string): Promise<RegistryEntry> {
    const guarded = { subject: `registration:${uscc}`, network: '*' };
    await this.attempts.check(tx, guarded, now, limits);
    const entry = await registryEntry(tx, uscc);
    const fault = faultOfClaim(entry, legalRepresentative);
    if (fault || !entry)
      throw new ClaimRefused(fault!, async (trace) => {
        if (fault!.guess) await this.attempts.failed(trace, guarded, now, limits);
      });
    await this.attempts.succeeded(tx, guarded);
    return entry;
  }
}

async function registryEntry(tx: EntityManager, uscc: string): Promise<RegistryEntry | undefined> {
  const [entry]: RegistryEntry[] = await tx.query(
    `select coalesce(fields->>'name', '') as name, coalesce(fields->>'legal_representative', '') as "legalRepresentative",
            coalesce(fields->>'status', '') as status
     from ingestion_api.record_v1 where uscc = $1 and feed = 'registry.enterprise'
     order by report_date desc, version desc, record_key limit 1`,
    [uscc],
  );
  return entry;
}

/** A rejected applicant leaves the enterprise free to apply again. @throws EnterpriseHasAccount */
async function openOrganisation(
  { tx, now }: Command,
  { uscc, name, status }: { uscc: string; name: string; status: Proof },
): Promise<string> {
  const [row]: { id: string }[] = await tx.query(
    `insert into organisation as held (id, kind, code, name, uscc, status, created_at)
     values ($1, 'enterprise', $2, $3, $2, $4, $5)
     on conflict (uscc) do update set name = excluded.name, status = excluded.status where held.status = 'REJECTED'
     returning id`,
    [uuidv7(now), uscc, name, status, now],
  );
  if (!row) throw new EnterpriseHasAccount();
  return row.id;
}

/** Says that an enterprise may sign from now on. */
export async function tellRegistered(
  tx: EntityManager,
  { organisationId, uscc, name }: { organisationId: string; uscc: string; name: string },
  now: Date,
): Promise<void> {
  await addToOutbox(tx, enterpriseRegistered, { organisationId, uscc, name, at: now.toISOString() }, now);
}
