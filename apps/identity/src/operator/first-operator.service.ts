import { randomBytes } from 'node:crypto';

import { demo, SettingError, textSetting } from '@app/config';
import { Clock, InvalidInput, uuidv7 } from '@app/kernel';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { recordAct } from '../act/act.service.js';
import { Passwords } from '../person/password.service.js';
import { endSessions } from '../person/person.service.js';

const login = 'operator';

/** Any number that no other advisory lock of this service uses. */
const operatorLock = 12_002;

/**
 * Somebody has to let the others in. Outside the demo city, whose seeding brings its own operators, the first start
 * makes one; and demo people lose what they held, should the store have been a demo city before.
 */
@Injectable()
export class FirstOperator implements OnApplicationBootstrap {
  constructor(
    private readonly db: DataSource,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (demo() === 'city') return;
    const made = await this.db.transaction((tx) => this.ensure(tx));
    if (made !== undefined)
      // Once, to the person who starts the program, and nowhere else: not in the log, not in the database.
      process.stdout.write(`First operator: login ${login}, password ${made}, to be changed at first sign-in\n`);
  }

  /** The password that was made up and has to be told; undefined when there is none to tell. */
  private async ensure(tx: EntityManager): Promise<string | undefined> {
    // Copies that start together take turns; the later ones find the operator of the first.
    await tx.query('select pg_advisory_xact_lock($1)', [operatorLock]);
    await endDemoSessions(tx);
    const found: unknown[] = await tx.query(
      `select 1 from person p join organisation o on o.id = p.organisation_id
       where o.kind = 'operator' and 'operator' = any (p.roles) and not p.demo limit 1`,
    );
    if (found.length > 0) return undefined;
    const given = textSetting('OPERATOR_PASSWORD');
    const password = given ?? randomBytes(18).toString('base64url');
    await this.make(tx, password, given === undefined);
    return given === undefined ? password : undefined;
  }

  private async make(tx: EntityManager, password: string, mustChange: boolean): Promise<void> {
    const now = this.clock.now();
    const passwordHash = await this.hashOf(password);
    await tx.query(
      `insert into organisation (id, kind, code, name, status, created_at)
       values ($1, 'operator', 'OPERATOR', '平台运营方', 'ACTIVE', $2) on conflict (code) do nothing`,
      [uuidv7(now), now],
    );
    // A demo city may have used the login: it becomes the real operator's, with nothing of the demo left.
    const [row]: { id: string }[] = await tx.query(
      `insert into person (id, organisation_id, login, display_name, password_hash, roles, status,
         must_change_password, created_at)
       select $1, id, $2, '首位运营员', $3, '{operator}', 'ACTIVE', $4, $5 from organisation where code = 'OPERATOR'
       on conflict (login) do update set organisation_id = excluded.organisation_id, roles = excluded.roles,
         display_name = excluded.display_name, password_hash = excluded.password_hash, status = excluded.status,
         must_change_password = excluded.must_change_password, demo = false
       returning id`,
      [uuidv7(now), login, passwordHash, mustChange, now],
    );
    await endSessions(tx, row!.id);
    await recordAct(tx, { what: 'first-operator.created', subjectId: row!.id }, now);
  }

  private async hashOf(password: string): Promise<string> {
    try {
      return await this.passwords.hashNew(password, login);
    } catch (error) {
      if (error instanceof InvalidInput) throw new SettingError(`OPERATOR_PASSWORD ${error.errors[0]!.detail}`);
      throw error;
    }
  }
}

const endDemoSessions = (tx: EntityManager) =>
  tx.query(
    `update session s set ended_at = now() from person p
     where p.id = s.person_id and p.demo and s.ended_at is null and s.expires_at > now()`,
  );
