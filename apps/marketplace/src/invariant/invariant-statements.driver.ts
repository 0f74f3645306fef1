/** What must hold, and the statement that finds what breaks it: rows of one column `id`. */
export interface Statement {
  code: string;
  says: string;
  saysEn: string;
  sql: string;
}

const openStates = `('ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED', 'ACCEPTED')`;
const endStates = `('DISBURSED', 'DECLINED', 'LAPSED', 'RELEASED', 'CANCELLED', 'LOST')`;
const held = `
  select need_id, count(*) as taken, sum(intended_fen) as intended from grab
  where status in ${openStates} group by need_id`;

/** A skew of the clocks of copies that is no violation. */
const skew = `interval '2 seconds'`;

export const statements: readonly Statement[] = [
  {
    code: 'ONE_PLACE_PER_BANK',
    says: '一家机构在一个需求里只占一个名额；占过名额或正在占用的机构不在排队。',
    saysEn: 'An institution has one place of a need at most, and does not wait in its line when it has or had one.',
    sql: `
      select need_id as id from grab group by need_id, institution_id having count(*) > 1
      union all
      select entry.id from entry join grab on grab.need_id = entry.need_id
        and grab.institution_id = entry.institution_id
      where entry.status in ('SEALED', 'WAITING')`,
  },
  {
    code: 'CONSENT_BEFORE_GRAB',
    says: '抢单时企业授权有效，且覆盖该机构。',
    saysEn: 'At each grab the enterprise’s authorisation was in force and covered the institution.',
    sql: `
      select grab.id from grab
      left join credit_api.authorisation_v1 as signed on signed.id = grab.authorisation_id
      where signed.id is null or signed.signed_at > grab.grabbed_at + ${skew}
        or signed.revoked_at < grab.grabbed_at - ${skew}
        or not (grab.institution_code = any(coalesce(signed.institutions, array[grab.institution_code])))`,
  },
  {
    code: 'LEADS_ARE_MASKED',
    says: '大厅展示的用途里没有企业名称、代码和电话。',
    saysEn: 'No purpose on the board shows a name, code or telephone of the enterprise.',
    sql: `
      select id from need where published_at is not null
        and (position(enterprise_name in shown_purpose) > 0 or position(uscc in shown_purpose) > 0
          or position(contact_phone in shown_purpose) > 0)`,
  },
  {
    code: 'LAPSED_ONCE',
    says: '一个名额只会逾期失效一次。',
    saysEn: 'A place lapses once.',
    sql: `
      select subject_id as id from audit where subject = 'grab' and to_status = 'LAPSED' and from_status <> 'LAPSED'
      group by subject_id having count(*) > 1`,
  },
  {
    code: 'ONE_END',
    says: '每个办结的抢单只有一个终态。',
    saysEn: 'Each case that is over has one end.',
    sql: `
      select subject_id as id from audit
      where subject = 'grab' and to_status in ${endStates} and from_status is distinct from to_status
      group by subject_id having count(*) > 1
      union all
      select id from grab where (status in ${openStates}) <> (ended_at is null)`,
  },
  {
    code: 'NEED_COUNTERS',
    says: '需求上的名额数与金额等于在办抢单之和。',
    saysEn: 'Places and amounts noted at a need are the sums over its open cases.',
    sql: `
      select need.id from need left join (${held}) as held on held.need_id = need.id
      where need.taken <> coalesce(held.taken, 0) or need.intended_fen <> coalesce(held.intended, 0)`,
  },
  {
    code: 'INTENDED_WITHIN_NEED',
    says: '一个名额计入的意向金额不超过需求金额。',
    saysEn: 'No place counts for more than its need.',
    sql: `select grab.id from grab join need on need.id = grab.need_id where grab.intended_fen > need.amount_fen`,
  },
  {
    code: 'BANK_COUNTERS',
    says: '机构的在办数等于其在办抢单数。',
    saysEn: 'The open cases counted for an institution are those it has.',
    sql: `
      select counter.id from institution_counter as counter left join (
        select institution_id, count(*) as open from grab where status in ${openStates} group by institution_id
      ) as held on held.institution_id = counter.id
      where counter.open_grabs <> coalesce(held.open, 0)`,
  },
  {
    code: 'MANAGER_COUNTERS',
    says: '客户经理的在办数等于其名下在办抢单数。',
    saysEn: 'The open cases counted for an account manager are those he or she has.',
    sql: `
      select counter.id from manager_counter as counter left join (
        select manager_id, count(*) as open from grab where status in ${openStates} group by manager_id
      ) as held on held.manager_id = counter.id
      where counter.open_grabs <> coalesce(held.open, 0)`,
  },
  {
    code: 'SEVERAL_LENDERS',
    says: '允许多家贷款的需求未满额时，接受一份方案不会终止其他银行。',
    saysEn: 'Where several may lend, an acceptance ends no other bank before the need is covered.',
    sql: `
      select grab.id from grab join need on need.id = grab.need_id
      where grab.ended_reason = 'OTHER_OFFER_ACCEPTED' and need.several_lenders
        and need.amount_fen > (
          select coalesce(sum(offer.amount_fen), 0) from offer
          where offer.need_id = need.id and offer.accepted_at is not null)`,
  },
  {
    code: 'NOT_BEFORE_PUBLICATION',
    says: '没有早于发布时间的抢单。',
    saysEn: 'No grab is older than the publication of its need.',
    sql: `
      select grab.id from grab join need on need.id = grab.need_id
      where need.published_at is null or grab.grabbed_at < need.published_at - ${skew}`,
  },
  {
    code: 'EXCLUSIVE_WINDOW_KEPT',
    says: '独占期内只有被指定的银行抢单。',
    saysEn: 'In an exclusive window only the bank that it is for grabs.',
    sql: `
      select grab.id from grab join need on need.id = grab.need_id
      where need.exclusive_until is not null and grab.grabbed_at <= need.exclusive_until
        and grab.institution_id is distinct from need.exclusive_institution_id`,
  },
  {
    code: 'SEALED_WINDOW_KEPT',
    says: '密封期内没有名额给出；抽签之后才有。',
    saysEn: 'No place is given in a sealed window, only by the draw after it.',
    sql: `
      select grab.id from grab join need on need.id = grab.need_id
      where need.sealed_until is not null and grab.grabbed_at > coalesce(need.exclusive_until, '-infinity')
        and grab.grabbed_at < coalesce(need.drawn_at, 'infinity') - ${skew}`,
  },
  {
    code: 'LINE_COUNTERS',
    says: '排队数等于等待中的机构数；补位的名额都有对应的抢单。',
    saysEn: 'Lines are as long as the institutions that wait, and whoever moved up holds a grab.',
    sql: `
      select need.id from need left join (
        select need_id, count(*) as waiting from entry where status = 'WAITING' group by need_id
      ) as line on line.need_id = need.id
      where need.waiting <> coalesce(line.waiting, 0)
      union all
      select entry.id from entry left join grab on grab.need_id = entry.need_id and grab.id = entry.grab_id
      where entry.status = 'PLACED' and grab.institution_id is distinct from entry.institution_id`,
  },
  {
    code: 'LIMIT_STARTS_NOTED',
    says: '每项限额生效时都对照过已给出的名额，高出的已记录并告知运营员。',
    saysEn: 'Each limit was held against what was granted when it came into force; what lay above is noted and told.',
    sql: `
      select due.id from limit_change as due
      where due.status = 'APPROVED' and not exists (select 1 from limit_start where change_id = due.id)
        and due.effective_from < (select max(at) from limit_start) - interval '5 minutes'`,
  },
  {
    code: 'VERSIONS_LINKED',
    says: '重新发布的需求与上一版互相指向。',
    saysEn: 'A need that was published again and the version before it point at each other.',
    sql: `
      select need.id from need join need as previous on previous.id = need.previous_id
      where need.published_at is not null
        and (previous.next_id is distinct from need.id or need.version <> previous.version + 1)`,
  },
];
