// The layout of docs/scale.md for a province, as PostgreSQL itself can stand for it: hash partitions are the shards. What it
// asks of a table is what Citus asks (whatever is unique holds the column that tables are spread by), equal keys lie
// in partitions of equal number in all tables of a group, and every plan says which of them it has read.

/** As many as `ingestion.record` has from its first migration: what is joined by enterprise must be cut alike. */
export const shards = 16;

/** Tables by what they are spread by, and the column that holds it where it is called otherwise. */
export const groups = {
  uscc: [
    'ingestion.record',
    'ingestion.enterprise_name',
    'ingestion.quality_enterprise',
    'ingestion.record_archive',
    'profiling.enterprise',
    'profiling.score',
    'profiling.tier_span',
    'profiling.search_document id',
    'profiling.dirty',
    'profiling.read_log',
    'credit.read_log',
    'credit.authorisation',
    'supervision.fact',
  ],
  need: [
    'marketplace.need id',
    'marketplace.grab need_id',
    'marketplace.offer need_id',
    'marketplace.disbursement need_id',
    'marketplace.entry need_id',
    'marketplace.draw need_id',
    'marketplace.contact need_id',
    'marketplace.visit need_id',
    'marketplace.case_pause need_id',
    'marketplace.match_input need_id',
    'marketplace.lead_fit need_id',
    'marketplace.pledge_mark need_id',
  ],
  // Cut in parts by the first migration; Citus would take the key alone.
  key: ['ingestion.record_head record_key'],
};

const planned = Object.entries(groups).flatMap(([group, tables]) =>
  tables.map((text) => {
    const [table, column = 'uscc'] = text.split(' ');
    return { group, table, column };
  }),
);

/** The group of a relation that a plan has read, and which of its shards; undefined where it is not spread. */
export function shardOf(schema, relation) {
  const [, base, number] = /^(.+)_(\d+)$/.exec(relation) ?? [];
  const found = planned.find(({ table }) => table === `${schema}.${base}`);
  return found && { ...found, shard: Number(number) };
}

/**
 * Lays an empty house out. Returns the tables that are spread, and those that cannot be as they are, with the reason.
 * @param {import('pg').Pool} owner
 */
export async function spread(owner) {
  const views = await takeViews(owner);
  const keys = await takeForeignKeys(owner);
  const done = [];
  const refused = [];
  for (const { table, column } of planned) {
    if (await isPartitioned(owner, table)) {
      done.push(table);
      continue;
    }
    const without = await uniqueWithout(owner, table, column);
    if (without.length > 0) refused.push({ table, why: `${without.join(', ')} without ${column}` });
    else {
      await rebuild(owner, table, column);
      done.push(table);
    }
  }
  for (const { table, name, definition } of keys)
    await owner.query(`alter table ${table} add constraint ${name} ${definition}`).catch((error) => {
      refused.push({ table, why: `${name}: ${error.message}` });
    });
  await giveViews(owner, views);
  return { done, refused };
}

/** All views of the services, in an order in which they can be made again; they are gone afterwards. */
async function takeViews(owner) {
  const { rows } = await owner.query(`
    select format('%I.%I', n.nspname, c.relname) as name, pg_get_viewdef(c.oid) as definition, r.rolname as holder,
           (select coalesce(array_agg(distinct quote_ident(g.rolname)), '{}') from aclexplode(c.relacl) a
            join pg_roles g on g.oid = a.grantee where a.privilege_type = 'SELECT')::text[] as readers
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
    where c.relkind = 'v' and n.nspname not in ('pg_catalog', 'information_schema') order by c.oid`);
  for (const { name } of rows) await owner.query(`drop view if exists ${name} cascade`);
  return rows;
}

/** Views lean on each other: what cannot be made yet is tried again after the others. */
async function giveViews(owner, views) {
  for (let left = views; left.length > 0;) {
    const later = [];
    for (const view of left) {
      const made = await owner.query(`create view ${view.name} as ${view.definition}`).then(
        () => true,
        () => false,
      );
      if (!made) later.push(view);
    }
    if (later.length === left.length) throw new Error(`cannot be made again: ${later.map(({ name }) => name).join()}`);
    left = later;
  }
  for (const { name, holder, readers } of views) {
    await owner.query(`alter view ${name} owner to ${holder}`);
    for (const reader of readers) await owner.query(`grant select on ${name} to ${reader}`);
  }
}

/** Foreign keys from and to what is spread; they are gone afterwards. */
async function takeForeignKeys(owner) {
  const { rows } = await owner.query(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conparentid = 0
       and (conrelid = any($1::text[]::regclass[]) or confrelid = any($1::text[]::regclass[]))`,
    [planned.map(({ table }) => table)],
  );
  for (const { table, name } of rows) await owner.query(`alter table ${table} drop constraint ${name}`);
  // Those that point at somebody come after those that are pointed at.
  return rows.toSorted((a, b) => a.definition.length - b.definition.length);
}

async function isPartitioned(owner, table) {
  const { rows } = await owner.query('select relkind from pg_class where oid = $1::regclass', [table]);
  return rows[0].relkind === 'p';
}

/** What is unique in a table without telling the shard. */
async function uniqueWithout(owner, table, column) {
  const { rows } = await owner.query(
    `select i.indexrelid::regclass::text as name from pg_index i
     where i.indrelid = $1::regclass and i.indisunique
       and not exists (select from pg_attribute a
                       where a.attrelid = i.indrelid and a.attnum = any(i.indkey) and a.attname = $2)`,
    [table, column],
  );
  return rows.map(({ name }) => name);
}

/** By their own names: others drop and make them again by name. */
const indexesOf = `
  select coalesce('alter table ' || i.indrelid::regclass || ' add constraint ' || quote_ident(c.conname) || ' ' || pg_get_constraintdef(c.oid),
                  pg_get_indexdef(i.indexrelid)) as definition
  from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u') and c.conrelid = i.indrelid
  where i.indrelid = $1::regclass`;

/** The same table, empty, in shards. */
async function rebuild(owner, table, column) {
  const [schema, name] = table.split('.');
  const { rows: triggers } = await owner.query(
    'select pg_get_triggerdef(oid) as definition from pg_trigger where tgrelid = $1::regclass and not tgisinternal',
    [table],
  );
  const { rows: held } = await owner.query(
    'select r.rolname as holder from pg_class c join pg_roles r on r.oid = c.relowner where c.oid = $1::regclass',
    [table],
  );
  const { rows: sequences } = await owner.query(
    `select objid::regclass::text as name from pg_depend
     where refobjid = $1::regclass and deptype = 'a' and classid = 'pg_class'::regclass and objid in (select oid from pg_class where relkind = 'S')`,
    [table],
  );
  const { rows: indexes } = await owner.query(indexesOf, [table]);
  for (const sequence of sequences) await owner.query(`alter sequence ${sequence.name} owned by none`);
  await owner.query(`alter table ${table} rename to ${name}_plain`);
  await owner.query(
    `create table ${table} (like ${table}_plain including all excluding indexes) partition by hash (${column})`,
  );
  for (let at = 0; at < shards; at += 1)
    await owner.query(`create table ${schema}.${name}_${at} partition of ${table}
      for values with (modulus ${shards}, remainder ${at})`);
  await owner.query(`drop table ${table}_plain`);
  for (const { definition } of indexes) await owner.query(definition);
  for (const { definition } of triggers) await owner.query(definition);
  const parts = [table, ...Array.from({ length: shards }, (_, at) => `${schema}.${name}_${at}`)];
  for (const part of parts) await owner.query(`alter table ${part} owner to ${held[0].holder}`);
}
