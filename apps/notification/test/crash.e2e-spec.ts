import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { needChanged } from '@app/contracts';

import { DeliveryJob } from '../src/delivery/delivery.job.js';
import { type PostOffice, startPostOffice } from './support/post-office.js';
import { aNeedChange, startTown, type Town } from './support/town.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

describe('kill -9 between sending and marking', () => {
  let office: PostOffice;
  let town: Town;
  beforeAll(async () => {
    office = await startPostOffice();
    Object.assign(process.env, { SMTP_URL: office.url, MAIL_FROM: 'no-reply@xinqiao.test' });
    town = await startTown();
    await town.app.get(DeliveryJob).pause();
  });
  afterAll(async () => {
    await town.stop();
    await office.stop();
    for (const name of ['SMTP_URL', 'MAIL_FROM']) delete process.env[name];
  });

  /** A real process sends what is due and is killed in the moment in which the server has taken it. */
  const dieAfterSending = async (): Promise<void> => {
    const child = spawn(
      process.execPath,
      ['--import', here('../../../test/support/run-ts.mjs'), here('support/mail-child.ts')],
      { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env } },
    );
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    expect(said.toString()).toBe('sent\n');
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const states = async () =>
    (await town.db.query<{ state: string }>('select state from notification.delivery order by id')).map(
      ({ state }) => state,
    );
  const later = (minutes: number) => town.clock.set(new Date(Date.now() + minutes * 60_000));

  it('leaves one double at most, under one message id, and loses nothing', async () => {
    // The process that dies has the machine's own clock.
    later(-1);
    const enterprise = await town.enterprise();
    await town.db.query(`insert into notification.setting (person_id, email) values ($1, 'ann@firm.test')`, [
      enterprise.person!.personId,
    ]);
    await town.hear(needChanged, aNeedChange(enterprise.uscc, { to: 'EXPIRED' }));
    await dieAfterSending();
    expect([office.letters.length, await states()]).toEqual([1, ['SENDING']]);
    later(3);
    await town.app.get(DeliveryJob).run();
    await town.app.get(DeliveryJob).run();
    expect([office.letters.length, await states()]).toEqual([2, ['SENT']]);
    const ids = office.letters.map(({ source }) => /^Message-ID: (.*)$/im.exec(source)?.[1]);
    expect(new Set(ids).size).toBe(1);
  });
});
