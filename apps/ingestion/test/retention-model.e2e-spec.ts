import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { addDays, addMonths, type Day, makeUscc } from '@app/kernel';
import fc from 'fast-check';

import type { TestClient } from '../../../test/support/test-service.js';
import { RetentionJob } from '../src/retention/retention.job.js';
import { type Ingestion, startIngestion } from './ingest.js';

const firms = [makeUscc('320505', 1), makeUscc('320506', 2)];
const feed = 'tax.vat-return';
const header = '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,所属期,销售额(元),应纳税额(元),已缴税额(元)';
const line = ({
  key,
  uscc,
  event,
  report,
  op = 'U',
}: Record<'key' | 'uscc' | 'event' | 'report', string> & { op?: string }) =>
  `${key},${uscc},${event},${report},${op},${event.slice(0, 7)},1,1,1`;

type Step =
  | { kind: 'ROW'; key: string; firm: number; days: number; op: 'U' | 'D' }
  | { kind: 'HOLD'; cover: 'FIRM' | 'RECORD' | 'FEED'; key: string; firm: number; days: number | null }
  | { kind: 'RELEASE' }
  | { kind: 'WAIT'; days: number };

const key = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const firm = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record<Step & { kind: 'ROW' }>({
      kind: fc.constant('ROW'),
      key,
      firm,
      days: fc.integer({ min: -5, max: 260 }),
      op: fc.constantFrom('U', 'U', 'U', 'D'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record<Step & { kind: 'HOLD' }>({
      kind: fc.constant('HOLD'),
      cover: fc.constantFrom('FIRM', 'RECORD', 'FEED'),
      key,
      firm,
      days: fc.option(fc.integer({ min: 0, max: 130 })),
    }),
  },
  { weight: 1, arbitrary: fc.record<Step & { kind: 'RELEASE' }>({ kind: fc.constant('RELEASE') }) },
  {
    weight: 5,
    arbitrary: fc.record<Step & { kind: 'WAIT' }>({
      kind: fc.constant('WAIT'),
      days: fc.constantFrom(0, 1, 1, 2, 7, 30, 91, 92, 120),
    }),
  },
);

interface Head {
  uscc: string;
  event: Day;
  withdrawn: boolean;
}
interface Held {
  id: string;
  cover: string;
  key: string;
  firm: number;
  until: Day | null;
}

/** What is kept after a look at everything, every day: the rule in its simplest form. */
class Kept {
  readonly heads = new Map<string, Head>();
  holds: Held[] = [];

  row({ key: of, firm: at, op }: Step & { kind: 'ROW' }, event: Day): void {
    const head = this.heads.get(of);
    if (op === 'D' && (!head || head.withdrawn)) return;
    this.heads.set(of, { uscc: firms[at]!, event, withdrawn: op === 'D' });
  }

  look(today: Day): void {
    for (const [of, head] of this.heads) {
      const over = addMonths(head.event, 120) < today;
      if (over && !this.holds.some((hold) => covers(hold, of, head, today))) this.heads.delete(of);
    }
  }
}

const covers = ({ cover, key: of, firm: at, until }: Held, key_: string, { uscc }: Head, today: Day): boolean =>
  (until === null || until >= today) && (cover === 'FEED' || (cover === 'FIRM' ? firms[at] === uscc : of === key_));

describe('what retention leaves', () => {
  let city: Ingestion;
  let other: TestClient;
  beforeAll(async () => {
    city = await startIngestion();
    other = await city.as('operator');
  });
  afterAll(() => city.stop());

  const held = async (prefix: string) =>
    (
      await city.db.query<{ key: string }>(
        `select substr(record_key, $2) as key from ingestion.record_head where record_key like $1 || '%' order by 1`,
        [prefix, prefix.length + 1],
      )
    ).map((row) => row.key);

  async function hold({ cover, key: of, firm: at }: Step & { kind: 'HOLD' }, prefix: string, until: Day | null) {
    const what = { FIRM: { uscc: firms[at] }, RECORD: { feed, recordKey: prefix + of }, FEED: { feed } }[cover];
    const wish = {
      kind: until === null ? 'LEGAL_HOLD' : 'DUTY',
      ...what,
      ...(until && { until }),
      reason: '诉讼',
      document: '1号',
    };
    const { body } = await city.operator.post('/api/ingestion/retention/holds', wish);
    return (body as { id: string }).id;
  }
  const release = ({ id }: Held) => other.post(`/api/ingestion/retention/holds/${id}/release`, { reason: '结案' });

  async function play(one: Step, prefix: string, kept: Kept): Promise<void> {
    const today = city.clock.today();
    if (one.kind === 'ROW') {
      const event = addDays(addMonths(today, -120), one.days);
      const row = line({ key: prefix + one.key, uscc: firms[one.firm]!, event, report: today, op: one.op });
      await city.deliver(feed, `${header}\n${row}`);
      kept.row(one, event);
    }
    if (one.kind === 'HOLD') {
      const until = one.days === null ? null : addDays(today, one.days);
      kept.holds.push({ ...one, id: await hold(one, prefix, until), until });
    }
    if (one.kind === 'RELEASE' && kept.holds.length > 0) await release(kept.holds.shift()!);
    if (one.kind === 'WAIT') city.clock.advance(one.days * 86_400_000);
    await city.app.get(RetentionJob).run();
    kept.look(city.clock.today());
    expect(await held(prefix)).toEqual([...kept.heads.keys()].toSorted((a, b) => (a < b ? -1 : 1)));
  }

  it('is what a look at every record on every day would leave, for any story of rows, holds and waiting', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        run += 1;
        const kept = new Kept();
        for (const one of steps) await play(one, `${run}-`, kept);
        for (const one of kept.holds) await release(one);
      }),
      { numRuns: 6 },
    );
  }, 240_000);

  it('is looked for on the list of its day, and not among everything', async () => {
    const today = city.clock.today();
    const years = (months: number) => addMonths(today, -months);
    const rows = [
      line({ key: 'L-now', uscc: firms[0]!, event: addDays(years(120), -1), report: today }),
      line({ key: 'L-soon', uscc: firms[0]!, event: addDays(years(120), 30), report: today }),
      line({ key: 'L-later', uscc: firms[0]!, event: years(60), report: today }),
    ];
    await city.deliver(feed, [header, ...rows].join('\n'));
    const listed = () =>
      city.db.query(
        `select record_key, look_on::text from ingestion.retention_due where record_key like 'L-%' order by look_on`,
      );
    expect(await listed()).toEqual([
      { record_key: 'L-now', look_on: today },
      { record_key: 'L-soon', look_on: addDays(today, 31) },
    ]);
    const rounds = () =>
      city.db.query('select feed, begun_at, listed_until from ingestion.retention_round order by feed');
    await city.app.get(RetentionJob).run();
    const before = await rounds();
    expect(await held('L-')).toEqual(['later', 'soon']);
    city.clock.advance(86_400_000);
    await city.app.get(RetentionJob).run();
    expect(await rounds()).toEqual(before);
    expect(await listed()).toHaveLength(1);
  });
});

describe('a contract that says another term', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-terms-'));
  cpSync('infra/contracts', folder, { recursive: true });
  const text = readFileSync(join(folder, `${feed}.yaml`), 'utf8');
  const write = (version: number, years: number, from: string) =>
    writeFileSync(
      join(folder, `${feed}@${version}.yaml`),
      text
        .replace("version: '1'", `version: '${version}'`)
        .replace(/effectiveFrom: .*/, `effectiveFrom: '${from}'`)
        .replace(/years: \d+/, `years: ${years}`),
    );
  let city: Ingestion;
  beforeAll(async () => {
    city = await startIngestion({ CONTRACTS_DIR: folder });
  });
  afterAll(async () => {
    await city.stop();
    delete process.env.CONTRACTS_DIR;
    rmSync(folder, { recursive: true, force: true });
  });

  it('counts for what is held from the day on that it begins, shorter or longer', async () => {
    const today = city.clock.today();
    const held = async () => {
      await city.app.get(RetentionJob).run();
      const rows = await city.db.query<{ key: string }>(
        'select record_key as key from ingestion.record_head order by 1',
      );
      return rows.map((row) => row.key);
    };
    const rows = [48, 72, 108].map((months) =>
      line({ key: `T-${months}`, uscc: firms[0]!, event: addMonths(today, -months), report: today }),
    );
    await city.deliver(feed, [header, ...rows].join('\n'));
    expect(await held()).toEqual(['T-108', 'T-48', 'T-72']);
    const tomorrow = addDays(today, 1);
    write(2, 8, tomorrow);
    await city.operator.post('/api/ingestion/contracts/reloads');
    expect(await held()).toEqual(['T-108', 'T-48', 'T-72']);
    city.clock.advance(86_400_000);
    expect(await held()).toEqual(['T-48', 'T-72']);
    write(3, 20, addDays(today, 2));
    await city.operator.post('/api/ingestion/contracts/reloads');
    city.clock.advance(86_400_000 * 700);
    expect(await held()).toEqual(['T-48', 'T-72']);
  });
});
