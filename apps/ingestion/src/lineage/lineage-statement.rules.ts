/** A version of a record (`$4`, or the last one) among its holders `$3`, with everything on its way back. */
export const originSql = `
  select r.record_key, r.version, r.uscc, r.line_number, r.batch_id, r.received_at, f.feed,
         coalesce(h.version = r.version and not h.withdrawn, false) as in_force,
         b.reference, b.origin, b.delivered_by, b.sha256, b.bytes, b.form, b.charset, v.version as contract_version,
         array(select c.id from correction c where c.feed_id = r.feed_id and c.record_key = r.record_key
                 and c.active_from is not null and c.version <= r.version
                 and (c.ended_by_version is null or c.ended_by_version > r.version) order by c.id) as correction_ids,
         (select json_build_object('batchId', s.batch_id, 'lineNumber', s.line_number, 'actId', s.act_id)
          from settlement_act a join settlement s on s.act_id = a.id and s.place = r.line_number
          where a.feed = f.feed and a.into_batch = r.batch_id) as mended_from
  from record r
  join feed f on f.id = r.feed_id
  left join record_head h on h.feed_id = r.feed_id and h.record_key = r.record_key
  left join batch b on b.id = r.batch_id
  left join contract_version v on v.id = b.contract_version_id
  where r.uscc = any($3) and r.feed_id = $1 and r.record_key = $2 and ($4::int is null or r.version = $4)
  order by r.version desc limit 1`;

/** Ids are time-ordered: the newest first, then by place. A report may name a record twice. */
export const usesSql = `
  select * from (
    select kind, score_id as id, scored_at as at, code, feed, record_key, record_version as version, 0 as place
    from profiling_api.score_input_v1 where uscc = any($1)
    union all
    select 'REPORT_LINE', query_id, at, section, feed, record_key, record_version, place
    from credit_api.report_line_v1 where uscc = any($1)
  ) u
  where feed = $2 and record_key = $3 and ($4::int is null or version = $4)
    and ($5::uuid is null or id < $5 or (id = $5 and (kind, code, place) > ($6::text, $7::text, $8::int)))
  order by id desc, kind, code, place limit $9`;

const restsOn = (from: string): string => `
  select u.*, f.title as feed_title, r.batch_id, r.line_number, b.reference
  from (${from}) u
  left join feed f on f.feed = u.feed
  left join record r on r.uscc = $1 and r.feed_id = f.id and r.record_key = u.record_key and r.version = u.version
  left join batch b on b.id = r.batch_id
  where $4::text is null or (u.kind, u.code, u.place) > ($4, $5::text, $6::int)
  order by u.kind, u.code, u.place limit $7`;

/** The records of a score (`$2`, or the latest) of the enterprise `$1`; `$3`: of one indicator. */
export const scoreSql = restsOn(`
  select kind, score_id as id, scored_at as at, code, feed, record_key, record_version as version, 0 as place
  from profiling_api.score_input_v1
  where uscc = $1 and ($3::text is null or code = $3)
    and score_id = coalesce($2::uuid, (select score_id from profiling_api.score_input_v1 where uscc = $1
                                       order by score_id desc limit 1))`);

/** The records of the report `$2`. */
export const reportSql = restsOn(`
  select 'REPORT_LINE' as kind, query_id as id, at, section as code, feed, record_key, record_version as version, place
  from credit_api.report_line_v1 where uscc = $1 and query_id = $2::uuid and $3::text is null`);

/** What the delivery `$1` brought, in the order of its rows; `$3`: what one row became. */
export const broughtSql = `
  select r.line_number, r.record_key, r.version, r.op,
         coalesce(h.version = r.version and not h.withdrawn, false) as in_force
  from (
    select feed_id, line_number, record_key, version, op from record
    where batch_id = $1 and feed_id = $2 and ($3::int is null or line_number = $3) and line_number > $4
    order by line_number limit $5
  ) r
  left join record_head h on h.feed_id = r.feed_id and h.record_key = r.record_key
  order by r.line_number`;
