import { IdentityNotProved, type Viewer } from '@app/auth';
import { authorisationRevoked, authorisationSigned } from '@app/contracts';
import { type Limb, withConsentExclusive } from '@app/database';
import type { Receipt } from '@app/evidence';
import { dayOf, type InputFault, InvalidInput, must, NotFound, type Uscc, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, idCursor } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { ReceiptService } from '../receipt/receipt.service.js';
import { type AuthorisationText, textHash, textInForce } from './authorisation-text.rules.js';
import { TextOutdated } from './authorisation.error.js';
import type { AuthorisationRow } from './authorisation.response.js';
import { faultsOfTerm } from './authorisation.rules.js';
import type { SignAuthorisationRequest } from './sign-authorisation.request.js';

const selectSql = `
  select a.id, a.limbs, a.institutions, a.purposes, a.valid_from::text as "validFrom", a.valid_to::text as "validTo",
         a.signed_at as "signedAt", a.signed_name as "signedName", a.text_version as "textVersion",
         a.text_hash as "textHash", r.revoked_at as "revokedAt"
  from authorisation a left join authorisation_revocation r on r.authorisation_id = a.id`;

/** Enterprises sign and revoke; both are evidence and are only ever added to. */
@Injectable()
export class AuthorisationService {
  constructor(
    private readonly db: DataSource,
    private readonly receipts: ReceiptService,
  ) {}

  /** @throws IdentityNotProved, TextOutdated, InvalidInput */
  async sign(
    command: Command,
    request: SignAuthorisationRequest,
    address: string,
  ): Promise<{ row: AuthorisationRow; receipt: Receipt }> {
    const { tx, viewer, now } = command;
    const uscc = signerOf(viewer);
    const text = must(textInForce(dayOf(now)), 'a text of authorisations is in force since 2015');
    if (request.textVersion !== undefined && request.textVersion !== text.version) throw new TextOutdated(text.version);
    const institutions = request.institutions === 'ALL' ? null : request.institutions;
    const faults = [...faultsOfTerm(request, dayOf(now)), ...(await faultsOfInstitutions(tx, institutions))];
    if (faults.length > 0) throw new InvalidInput(faults);
    await withConsentExclusive(tx, uscc);
    const id = uuidv7(now);
    const { limbs, purposes, validFrom, validTo } = request;
    await insertAuthorisation(command, { id, uscc, institutions, text, address }, request);
    const receipt = await this.receipts.write(tx, 'AUTHORISATION_SIGNED', uscc, now, {
      authorisationId: id,
      limbs,
      institutions: institutions ?? 'ALL',
      purposes,
      validFrom,
      validTo,
      textVersion: text.version,
      textHash: textHash(text),
      personId: viewer.personId,
      sessionId: viewer.sessionId,
      address,
    });
    await addToOutbox(
      tx,
      authorisationSigned,
      { authorisationId: id, uscc, limbs, institutions, purposes, validFrom, validTo },
      now,
    );
    return { row: must(await find(tx, uscc, id), 'what was signed is there'), receipt };
  }

  /** The second revocation answers the state that the first one left. */
  async revoke(
    { tx, viewer, now }: Command,
    id: string,
    address: string,
  ): Promise<{ row: AuthorisationRow; receipt?: Receipt }> {
    const uscc = ownUscc(viewer);
    // Waits for the reads under way; from the commit on none is served under this authorisation.
    await withConsentExclusive(tx, uscc);
    const row = await find(tx, uscc, id);
    if (!row) throw new NotFound('authorisation');
    if (row.revokedAt !== null) return { row };
    await tx.query(
      `insert into authorisation_revocation (authorisation_id, revoked_at, revoked_by, revoked_session, revoked_address)
       values ($1, $2, $3, $4, $5)`,
      [id, now, viewer.personId, viewer.sessionId, address],
    );
    const receipt = await this.receipts.write(tx, 'AUTHORISATION_REVOKED', uscc, now, {
      authorisationId: id,
      personId: viewer.personId,
      sessionId: viewer.sessionId,
      address,
    });
    await addToOutbox(
      tx,
      authorisationRevoked,
      { authorisationId: id, uscc, limbs: row.limbs as Limb[], revokedAt: now.toISOString() },
      now,
    );
    return { row: { ...row, revokedAt: now }, receipt };
  }

  /** One more row than `limit`, newest first. */
  async list(viewer: Viewer, cursor: string | undefined, limit: number): Promise<AuthorisationRow[]> {
    return this.db.query(
      `${selectSql} where a.uscc = $1 and ($2::uuid is null or a.id < $2) order by a.id desc limit $3`,
      [ownUscc(viewer), idCursor(cursor), limit + 1],
    );
  }
}

/** An enterprise whose identity is still being checked signs nothing; revoking needs no more than the account. */
function signerOf(viewer: Viewer): Uscc {
  if (viewer.organisation.status !== 'ACTIVE') throw new IdentityNotProved();
  return ownUscc(viewer);
}

const ownUscc = (viewer: Viewer): Uscc => must(viewer.organisation.uscc, 'an enterprise has a code');

async function find(tx: EntityManager, uscc: Uscc, id: string): Promise<AuthorisationRow | undefined> {
  const [row]: AuthorisationRow[] = await tx.query(`${selectSql} where a.uscc = $1 and a.id = $2`, [uscc, id]);
  return row;
}

/** Only members of the credit database can be authorised: a name that nobody answers to would be a trap. */
async function faultsOfInstitutions(tx: EntityManager, codes: string[] | null): Promise<InputFault[]> {
  if (codes === null) return [];
  const known: { code: string }[] = await tx.query(
    `select code from identity_api.organisation_v1
     where code = any($1) and kind = 'institution' and status = 'ACTIVE' and 'CREDIT' = any(memberships)`,
    [codes],
  );
  const members = new Set(known.map(({ code }) => code));
  return codes.flatMap((code, index) =>
    members.has(code)
      ? []
      : [{ pointer: `/institutions/${index}`, detail: `${code} is not a member of the credit database` }],
  );
}

interface Signature {
  id: string;
  uscc: Uscc;
  institutions: string[] | null;
  text: AuthorisationText;
  address: string;
}

async function insertAuthorisation(
  { tx, viewer, now }: Command,
  { id, uscc, institutions, text, address }: Signature,
  { limbs, purposes, validFrom, validTo }: SignAuthorisationRequest,
): Promise<void> {
  await tx.query(
    `insert into authorisation (id, uscc, limbs, institutions, purposes, valid_from, valid_to, text_version, text_hash,
                                signed_at, signed_by, signed_session, signed_name, signed_address)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      id,
      uscc,
      limbs,
      institutions,
      purposes,
      validFrom,
      validTo,
      text.version,
      textHash(text),
      now,
      viewer.personId,
      viewer.sessionId,
      viewer.displayName,
      address,
    ],
  );
}
