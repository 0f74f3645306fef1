import type { TestDatabase } from '../support/database.js';

export const openStates = `('ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED', 'ACCEPTED')`;

export interface StandingNeed {
  status: string;
  amountFen: bigint;
  closesAt: Date | null;
  suspendedAt: Date | null;
  /** Whether an authorisation stands behind it. */
  consented: boolean;
  open: number;
  intendedFen: bigint;
  everHeldBy: Set<string>;
  /** Banks in line: free places belong to them first. */
  line: Set<string>;
}

/** Where the market stands, counted from its rows and not from its counters. */
export interface Standing {
  needs: Map<string, StandingNeed>;
  suspendedUntil: Map<string, Date>;
  /** Answers that were given, by person, route and key. */
  answers: ReadonlyMap<string, { body: string; grabId: string }>;
  /** Cases of a bank or a manager: open ones, and those begun on a day. */
  counted(id: string, day: string): { open: number; today: number };
}

const needsSql = `
  select n.id, n.status, n.amount_fen::text as amount, n.closes_at as "closesAt", n.suspended_at as "suspendedAt",
         exists (select 1 from credit_api.authorisation_v1 a where a.uscc = n.uscc and a.revoked_at is null) as consented
  from marketplace.need n where n.id = any($1::uuid[])`;
const heldSql = `
  select need_id as "needId", institution_id as bank, intended_fen::text as intended, status in ${openStates} as open
  from marketplace.grab where need_id = any($1::uuid[])`;
const lineSql = `
  select need_id as "needId", institution_id as bank from marketplace.entry
  where need_id = any($1::uuid[]) and status = 'WAITING'`;
const countSql = `
  select owner, count(*) filter (where status in ${openStates})::int as open, count(*) filter (where today)::int as today
  from (
    select institution_id as owner, status, (grabbed_at at time zone 'Asia/Shanghai')::date = $1::date as today
    from marketplace.grab
    union all
    select manager_id, status, (grabbed_at at time zone 'Asia/Shanghai')::date = $1::date and grabbed_by = manager_id
    from marketplace.grab) as held
  group by owner`;
const suspendedSql = `
  select id, suspended_until as until from marketplace.institution_counter where suspended_until is not null`;

export async function standingOf(
  db: TestDatabase,
  needIds: readonly string[],
  today: string,
  answers: Standing['answers'],
): Promise<Standing> {
  const needs = await readNeeds(db, needIds);
  const counts = new Map<string, { open: number; today: number }>();
  for (const { owner, ...count } of await db.query<{ owner: string; open: number; today: number }>(countSql, [today]))
    counts.set(owner, count);
  const suspended = await db.query<{ id: string; until: Date }>(suspendedSql);
  return {
    needs,
    answers,
    suspendedUntil: new Map(suspended.map(({ id, until }) => [id, until])),
    counted: (id) => {
      const count = counts.get(id) ?? { open: 0, today: 0 };
      counts.set(id, count);
      return count;
    },
  };
}

type Counted = 'amountFen' | 'open' | 'intendedFen' | 'everHeldBy' | 'line';
type NeedRow = Omit<StandingNeed, Counted> & { id: string; amount: string };

async function readNeeds(db: TestDatabase, ids: readonly string[]): Promise<Map<string, StandingNeed>> {
  const rows = await db.query<NeedRow>(needsSql, [ids]);
  const needs = new Map(
    rows.map(({ id, amount, ...row }): [string, StandingNeed] => [
      id,
      { ...row, amountFen: BigInt(amount), open: 0, intendedFen: 0n, everHeldBy: new Set(), line: new Set() },
    ]),
  );
  type Held = { needId: string; bank: string; intended: string; open: boolean };
  for (const { needId, bank, intended, open } of await db.query<Held>(heldSql, [ids])) {
    const need = needs.get(needId)!;
    need.everHeldBy.add(bank);
    if (!open) continue;
    need.open += 1;
    need.intendedFen += BigInt(intended);
  }
  for (const { needId, bank } of await db.query<{ needId: string; bank: string }>(lineSql, [ids]))
    needs.get(needId)!.line.add(bank);
  return needs;
}
