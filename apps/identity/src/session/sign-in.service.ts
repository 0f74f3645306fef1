import { demo } from '@app/config';
import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { TooBusy } from '../attempt/attempt.error.js';
import { Attempts } from '../attempt/attempt.service.js';
import { networkOf } from '../attempt/back-off.rules.js';
import { backOffOf, passwordLimits, signInLimits } from '../identity.config.js';
import { normalLogin } from '../person/login.rules.js';
import { Passwords } from '../person/password.service.js';
import { AccountSuspended, WrongCredentials } from './session.error.js';

export interface Credentials {
  login: string;
  password: string;
  address: string;
}

interface Candidate {
  id: string;
  password_hash: string;
  served: boolean;
}

const limits = backOffOf(signInLimits);

/** Decides whether a login and a password belong together, at the same price whether or not the login exists. */
@Injectable()
export class SignIn {
  /** The last attempt in line per login and network. */
  private readonly lines = new Map<string, Promise<unknown>>();
  private waiting = 0;

  constructor(
    private readonly db: DataSource,
    private readonly attempts: Attempts,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  /** The id of the person; throws WrongCredentials, TooManyAttempts, AccountSuspended or TooBusy. */
  check({ login, password, address }: Credentials): Promise<string> {
    const name = normalLogin(login);
    const network = networkOf(address);
    return this.inLine(`${name} ${network}`, () => this.attempt(name, password, network));
  }

  private async attempt(login: string, password: string, network: string): Promise<string> {
    const guarded = { subject: `login:${login}`, network };
    await this.attempts.check(this.db.manager, guarded, this.clock.now(), limits);
    const candidate = await this.candidate(login);
    if (!(await this.passwords.matches(password, candidate?.password_hash)) || !candidate) {
      await this.attempts.failed(this.db.manager, guarded, this.clock.now(), limits);
      throw new WrongCredentials();
    }
    await this.attempts.succeeded(this.db.manager, guarded);
    if (!candidate.served) throw new AccountSuspended();
    return candidate.id;
  }

  private async candidate(login: string): Promise<Candidate | undefined> {
    const [row]: Candidate[] = await this.db.query(
      `select p.id, p.password_hash, p.status = 'ACTIVE' and o.status in ('ACTIVE', 'PENDING') as served
       from person p join organisation o on o.id = p.organisation_id
       where p.login = $1 and (not p.demo or $2)`,
      [login, demo() === 'city'],
    );
    return row;
  }

  /** One at a time per login and network: a burst of guesses cannot slip past the count of its own failures. */
  private async inLine<T>(key: string, work: () => Promise<T>): Promise<T> {
    if (this.waiting >= passwordLimits.waitingMax.value) throw new TooBusy();
    this.waiting += 1;
    const turn = (this.lines.get(key) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => undefined);
    this.lines.set(key, settled);
    try {
      return await turn;
    } finally {
      this.waiting -= 1;
      if (this.lines.get(key) === settled) this.lines.delete(key);
    }
  }
}
