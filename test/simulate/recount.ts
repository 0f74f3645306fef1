import type { TestDatabase } from '../support/database.js';
import type { Caps } from './oracle.js';
import { openStates } from './standing.js';

/** The invariants of spec 10 §1.3.5 as counts over the rows; each line that comes back is a violation. */
const checks: Readonly<Record<string, string>> = {
  'more places than the limit': `
    select need_id::text as id from marketplace.grab where status in ${openStates}
    group by need_id having count(*) > $1`,
  'intended more than the limit': `
    select n.id::text from marketplace.need n join marketplace.grab g on g.need_id = n.id and g.status in ${openStates}
    group by n.id having sum(g.intended_fen) > n.amount_fen * $2::int / 10000`,
  'more open cases of a bank than the limit': `
    select institution_id::text as id from marketplace.grab where status in ${openStates}
    group by institution_id having count(*) > $3`,
  'more open cases of a manager than the limit': `
    select manager_id::text as id from marketplace.grab where status in ${openStates}
    group by manager_id having count(*) > $4`,
  'two places of one bank': `
    select need_id::text as id from marketplace.grab group by need_id, institution_id having count(*) > 1`,
  'a need whose counters are not its rows': `
    select n.id::text from marketplace.need n left join marketplace.grab g on g.need_id = n.id and g.status in ${openStates}
    group by n.id having n.taken <> count(g.id) or n.intended_fen <> coalesce(sum(g.intended_fen), 0)`,
  'a bank whose counter is not its rows': `
    select c.id::text from marketplace.institution_counter c where c.open_grabs <>
      (select count(*) from marketplace.grab where institution_id = c.id and status in ${openStates})`,
  'a manager whose counter is not the rows': `
    select c.id::text from marketplace.manager_counter c where c.open_grabs <>
      (select count(*) from marketplace.grab where manager_id = c.id and status in ${openStates})`,
  'a grab with no or several beginnings in the audit': `
    select g.id::text from marketplace.grab g where 1 <>
      (select count(*) from marketplace.audit where root_id = g.need_id and subject_id = g.id and act = 'GRABBED')`,
  'an ended grab with no or several ends in the audit': `
    select g.id::text from marketplace.grab g where (g.ended_at is not null)::int <>
      (select count(*) from marketplace.audit where root_id = g.need_id and subject_id = g.id
       and to_status in ('DISBURSED', 'DECLINED', 'LAPSED', 'RELEASED', 'CANCELLED', 'LOST'))`,
  'an open case of an ended need': `
    select g.id::text from marketplace.grab g join marketplace.need n on n.id = g.need_id
    where g.status in ('ACTIVE', 'CONTACTED', 'IN_REVIEW') and n.status in ('WITHDRAWN', 'CLOSED_UNFUNDED')`,
};

export async function recount(db: TestDatabase, caps: Caps): Promise<string[]> {
  const values = [
    caps.maxGrabsPerNeed,
    caps.overSubscriptionBp,
    caps.maxOpenGrabsPerInstitution,
    caps.maxOpenGrabsPerManager,
  ];
  const found: string[] = [];
  for (const [what, sql] of Object.entries(checks)) {
    const used = values.map((value, index) => (sql.includes(`$${index + 1}`) ? value : undefined));
    const [text, given] = renumbered(sql, used);
    for (const { id } of await db.query<{ id: string }>(text, given)) found.push(`${what}: ${id}`);
  }
  return found;
}

/** PostgreSQL wants every parameter used: leaves out those that a check does not name. */
function renumbered(sql: string, used: readonly (number | undefined)[]): [string, number[]] {
  const given: number[] = [];
  let text = sql;
  for (const [index, value] of used.entries())
    if (value !== undefined) text = text.replaceAll(`$${index + 1}`, `$${given.push(value)}`);
  return [text, given];
}
