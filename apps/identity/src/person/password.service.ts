import { InvalidInput } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { hash, type Options, verify } from '@node-rs/argon2';

import { TooBusy } from '../attempt/attempt.error.js';
import { passwordLimits } from '../identity.config.js';
import { faultOfPassword, normalPassword } from './password.rules.js';

const { memoryKib, passes, lanes, lengthMin, lengthMax, distinctMin, waitingMax } = passwordLimits;
const bounds = { lengthMin: lengthMin.value, lengthMax: lengthMax.value, distinctMin: distinctMin.value };

/** Argon2id (RFC 9106); the enum has no value at run time, its number is 2. */
const cost: Options = {
  algorithm: 2,
  memoryCost: memoryKib.value,
  timeCost: passes.value,
  parallelism: lanes.value,
};

/** Stands in a row for "cannot sign in with a password". */
export const noPassword = 'none';

/** Makes and checks password hashes; each costs about 50 ms of one core outside the event loop. */
@Injectable()
export class Passwords {
  private waiting = 0;
  private readonly decoy = hash(crypto.randomUUID(), cost);

  /** @throws InvalidInput with a pointer to `field` when the password is too weak for this login */
  async hashNew(password: string, login: string, field = 'password'): Promise<string> {
    const fault = faultOfPassword(password, login, bounds);
    if (fault) throw new InvalidInput([{ pointer: `/${field}`, detail: fault }]);
    return this.hash(password);
  }

  hash(password: string): Promise<string> {
    return this.bounded(() => hash(normalPassword(password), cost));
  }

  /** Without a usable hash the same work is done in vain, so that the answer's time tells nobody who exists. */
  async matches(password: string, stored: string | undefined): Promise<boolean> {
    const usable = stored?.startsWith('$argon2id$') ? stored : undefined;
    const against = usable ?? (await this.decoy);
    const right = await this.bounded(() => verify(against, normalPassword(password)));
    return right && usable !== undefined;
  }

  private async bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= waitingMax.value) throw new TooBusy();
    this.waiting += 1;
    try {
      return await work();
    } finally {
      this.waiting -= 1;
    }
  }
}
