-- The base of G2: one call is one grab, with the effects of the lane in the lane's own tables. Limits, places and the key
-- are checked; the session and the enterprise's consent are not, which favours the base.
create function bench.grab(number int, need_number int, bank int, manager int) returns text language plpgsql as $$
declare
  need_ marketplace.need;
  need_id_ uuid := bench.id(1, need_number);
  bank_ uuid := bench.id(2, bank);
  manager_ uuid := bench.id(3, bank * 16 + manager);
  grab_ uuid := uuidv7();
  key_ text := 'base-' || number;
  now_ timestamptz := clock_timestamp();
  today date := (now_ at time zone 'Asia/Shanghai')::date;
  intended bigint := 1000000;
  answer_ json;
begin
  perform pg_advisory_xact_lock(hashtextextended(manager_ || key_, 9));
  select answer into answer_ from marketplace.idempotency
  where person = manager_ and key = key_ and route = 'POST /api/marketplace/needs/:id/grabs';
  if found then return 'replayed'; end if;
  update marketplace.need set taken = taken + 1, intended_fen = intended_fen + intended,
         next_due = least(next_due, now_ + interval '1 day')
  where id = need_id_ and status = 'PUBLISHED' and closes_at > now_ and suspended_at is null and taken < 1000000
    and intended_fen + intended <= amount_fen * 10000
  returning * into need_;
  if not found then return 'closed'; end if;
  update marketplace.institution_counter set open_grabs = open_grabs + 1, day = today,
         day_grabs = case when day = today then day_grabs + 1 else 1 end
  where id = bank_ and open_grabs < 10000000 and (day is distinct from today or day_grabs < 10000000);
  if not found then raise 'bank limit'; end if;
  update marketplace.manager_counter set open_grabs = open_grabs + 1, day = today,
         day_grabs = case when day = today then day_grabs + 1 else 1 end
  where id = manager_ and open_grabs < 10000000 and (day is distinct from today or day_grabs < 10000000);
  if not found then raise 'manager limit'; end if;
  insert into marketplace.grab (need_id, id, institution_id, institution_code, institution_name, manager_id,
    grabbed_by, intended_fen, status, limit_version, authorisation_id, grabbed_at, contact_by, evidence_by, decide_by)
  values (need_id_, grab_, bank_, 'BENCH-' || bank, '银行 BENCH-' || bank, manager_, manager_, intended, 'ACTIVE', 33,
    need_.organisation_id, now_, now_ + interval '1 day', now_ + interval '3 days', now_ + interval '10 days');
  insert into marketplace.audit (root_id, id, at, subject, subject_id, act, to_status, person_id, organisation_id,
    detail)
  values (need_id_, uuidv7(), now_, 'grab', grab_, 'GRABBED', 'ACTIVE', manager_, bank_,
    jsonb_build_object('intendedFen', intended::text, 'limitVersion', 33));
  insert into marketplace.outbox (event_id, topic, key, at, correlation_id, data)
  values (uuidv7(), 'marketplace.grab.changed.v1', need_.uscc, now_, key_, jsonb_build_object(
    'needId', need_id_, 'uscc', need_.uscc, 'district', need_.district, 'industry', need_.industry2,
    'tier', need_.tier, 'scoreBand', need_.score_band, 'modelVersion', need_.model_version,
    'needAmountFen', need_.amount_fen::text, 'termMonths', need_.term_months, 'security', need_.security,
    'institutionId', bank_, 'institutionCode', 'BENCH-' || bank, 'grabId', grab_, 'managerId', manager_,
    'from', null, 'to', 'ACTIVE', 'reason', null, 'intendedFen', intended::text, 'limitVersion', 33,
    'grabbedAt', now_, 'contactedAt', null));
  answer_ := json_build_object('id', grab_, 'needId', need_id_, 'status', 'ACTIVE',
    'enterprise', json_build_object('uscc', need_.uscc, 'name', need_.enterprise_name),
    'contact', json_build_object('name', need_.contact_name, 'phone', need_.contact_phone),
    'contactBy', now_ + interval '1 day', 'amountFen', need_.amount_fen::text, 'intendedFen', intended::text,
    'grabbedAt', now_, 'limitVersion', 33);
  insert into marketplace.idempotency (person, route, key, fingerprint, status, answer, at)
  values (manager_, 'POST /api/marketplace/needs/:id/grabs', key_, repeat('f', 64), 201, answer_, now_);
  return grab_::text;
end $$;
