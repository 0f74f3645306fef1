import { InvalidInput, must } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { recordAct } from '../act/act.service.js';
import { Attempts } from '../attempt/attempt.service.js';
import { backOffOf, signInLimits } from '../identity.config.js';
import { ChangePasswordRequest } from './change-password.request.js';
import { Passwords } from './password.service.js';
import { WrongOldPassword } from './person.error.js';
import { endSessions } from './person.service.js';

const limits = backOffOf(signInLimits);

/** Changing one's own password: the old one is asked again, and every other session ends. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
  ) {}

  async change({ tx, viewer, now }: Command, { oldPassword, newPassword }: ChangePasswordRequest): Promise<void> {
    const { personId, sessionId } = viewer;
    // Against everybody: whoever holds a stolen session may hold many addresses too.
    const guarded = { subject: `person:${personId}`, network: '*' };
    await this.attempts.check(tx, guarded, now, limits);
    const { login, password_hash } = await ownRow(tx, personId);
    if (!(await this.passwords.matches(oldPassword, password_hash)))
      throw new WrongOldPassword((trace) => this.attempts.failed(trace, guarded, now, limits));
    if (await this.passwords.matches(newPassword, password_hash))
      throw new InvalidInput([{ pointer: '/newPassword', detail: 'must differ from the old one' }]);
    const passwordHash = await this.passwords.hashNew(newPassword, login, 'newPassword');
    await tx.query('update person set password_hash = $2, must_change_password = false where id = $1', [
      personId,
      passwordHash,
    ]);
    await this.attempts.succeeded(tx, guarded);
    await endSessions(tx, personId, sessionId);
    await recordAct(tx, { personId, what: 'person.password-changed', subjectId: personId }, now);
  }
}

async function ownRow(tx: EntityManager, personId: string): Promise<{ login: string; password_hash: string }> {
  const rows: { login: string; password_hash: string }[] = await tx.query(
    'select login, password_hash from person where id = $1 for update',
    [personId],
  );
  return must(rows[0], 'a session belongs to a person');
}
