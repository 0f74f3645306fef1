/** A whole round in one parameter: JSON needs no escaping of arrays and one round trip. */
const enterpriseColumns = [
  ['uscc', 'text'],
  ['name', 'text'],
  ['former_names', 'text[]'],
  ['district', 'text'],
  ['industry', 'text'],
  ['industry2', 'text'],
  ['status', 'text'],
  ['tier', 'text'],
  ['titles', 'text[]'],
  ['score', 'int'],
  ['score_band', 'text'],
  ['model_version', 'text'],
  ['score_id', 'uuid'],
  ['dimensions', 'int[]'],
  ['profile', 'jsonb'],
  ['visible_hash', 'text'],
  ['review_on', 'date'],
] as const;

const names = enterpriseColumns.map(([name]) => name);

export const upsertEnterprisesSql = `
  insert into enterprise (${names.join(', ')}, withdrawn, updated_at)
  select ${names.join(', ')}, false, $2::timestamptz
  from json_to_recordset($1::json) as row (${enterpriseColumns.map((column) => column.join(' ')).join(', ')})
  on conflict (uscc) do update set
    ${names.map((name) => `${name} = excluded.${name}`).join(', ')}, withdrawn = false, updated_at = excluded.updated_at`;

export const insertScoresSql = `
  insert into score (uscc, id, as_of, scored_at, model_version, inputs, input_hash, output_hash, score, score_band, tier)
  select uscc, id, as_of, $2::timestamptz, model_version, inputs, input_hash, output_hash, score, score_band, tier
  from json_to_recordset($1::json) as row (
    uscc text, id uuid, as_of date, model_version text, inputs jsonb, input_hash text, output_hash text,
    score int, score_band text, tier text)`;

export const insertSpansSql = `
  insert into tier_span (uscc, since, until, tier, titles)
  select uscc, since, until, tier, titles
  from json_to_recordset($1::json) as row (uscc text, since date, until date, tier text, titles text[])`;
