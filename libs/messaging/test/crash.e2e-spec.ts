import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { Test, type TestingModule } from '@nestjs/testing';

import { drain } from '../src/index.js';
import { CountingModule } from './counting.consumer.js';
import { freshGround, type Ground, until } from './ground.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

describe('kill -9', () => {
  let ground: Ground;
  const apps: TestingModule[] = [];
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    ground = await freshGround();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await Promise.all(apps.splice(0).map((app) => app.close()));
    await ground.query('truncate marketplace.heard, marketplace.counter, marketplace.outbox');
  });
  afterAll(() => ground.drop());

  const start = (act: string): { child: ChildProcess; lines: string[] } => {
    const child = spawn(
      process.execPath,
      ['--import', here('../../../test/support/run-ts.mjs'), here('crash-child.ts'), act],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        // A test's own environment is a copy that children do not get by themselves.
        env: { ...process.env },
      },
    );
    children.push(child);
    const lines: string[] = [];
    let rest = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop()!;
      lines.push(...parts);
    });
    return { child, lines };
  };

  const kill = async (child: ChildProcess): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };

  /** Lets a child do its act and kills it in the moment that it says. */
  const killIn = async (act: string): Promise<void> => {
    const { child, lines } = start(act);
    await until(() => lines.includes('now'));
    await kill(child);
  };

  const startService = async (): Promise<void> => {
    const app = await Test.createTestingModule({ imports: [CountingModule.of()] }).compile();
    app.useLogger(false);
    apps.push(await app.init());
    await drain();
  };

  const heard = (handler: string) =>
    ground.query<{ key: string; number: number }>(
      'select key, number from marketplace.heard where handler = $1 order by turn',
      [handler],
    );

  it('between commit and publish loses nothing', async () => {
    await killIn('commit');
    expect(await heard('single')).toEqual([]);
    await startService();
    expect(await heard('single')).toEqual([{ key: 'crash', number: 1 }]);
    expect(await heard('batch')).toEqual([{ key: 'crash', number: 1 }]);
  });

  it('between publish and delete publishes twice and acts once', async () => {
    await killIn('commit');
    await killIn('publish');
    await startService();
    const copies = await ground.query(
      `select 1 from bus.message where event->'data'->>'number' = '1' group by event->>'id' having count(*) = 2`,
    );
    expect(copies).toHaveLength(1);
    expect(await heard('single')).toEqual([{ key: 'crash', number: 1 }]);
    expect(await heard('batch')).toEqual([{ key: 'crash', number: 1 }]);
  });

  it('between handling and commit acts once, when somebody else takes over', async () => {
    await killIn('commit');
    await killIn('handle');
    expect(await heard('single')).toEqual([]);
    await startService();
    expect(await heard('single')).toEqual([{ key: 'crash', number: 1 }]);
  });

  it('anywhere under load loses, doubles and reorders nothing', async () => {
    const acknowledged: string[] = [];
    for (const aliveForLines of [40, 150, 300]) {
      const { child, lines } = start('serve');
      await until(() => lines.length >= aliveForLines, 30_000);
      await kill(child);
      acknowledged.push(...lines);
    }
    await startService();
    const counters = await ground.query<{ key: string; number: number }>('select key, number from marketplace.counter');
    for (const handler of ['single', 'batch']) {
      const rows = await heard(handler);
      for (const { key, number } of counters)
        expect(rows.filter((row) => row.key === key).map((row) => row.number)).toEqual(
          Array.from({ length: number }, (_, at) => at + 1),
        );
      const all = new Set(rows.map((row) => `${row.key} ${row.number}`));
      expect(acknowledged.filter((line) => !all.has(line))).toEqual([]);
    }
  });
});
