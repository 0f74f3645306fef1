import { Housekeeping } from '../src/marketplace.module.js';
import { type Market, startMarket } from './support/market.js';

const openNeeds = 4_500;

/** Open needs whose authorisation has ended: as they are noted, or as if nobody had noticed. */
const insertSql = `
  insert into marketplace.need (id, uscc, organisation_id, enterprise_name, amount_fen, term_months, purpose, shown_purpose,
    security, contact_name, contact_phone, several_lenders, status, created_by, created_at, published_at, closes_at,
    suspended_at, next_due)
  select id, '91320505MA1XT00150', gen_random_uuid(), 'x', 100000000, 12, 'x', 'x', 'UNSECURED', 'x', 'x', false,
    'PUBLISHED', gen_random_uuid(), $2, $2, $2::timestamptz + interval '15 days', $3::timestamptz,
    $2::timestamptz + interval '15 days'
  from unnest($1::uuid[]) as id`;
const idOf = (count: number) => `0${count.toString(16).padStart(7, '0')}-0000-7000-8000-000000000000`;

describe('the minute’s round', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
    await market.app.get(Housekeeping).pause();
    const now = market.clock.now();
    await market.db.query(insertSql, [Array.from({ length: openNeeds }, (_, count) => idOf(count)), now, now]);
  });
  afterAll(() => market.stop());

  const round = () => market.app.get(Housekeeping).run();
  const missed = async (id: string) => market.db.query(insertSql, [[id], market.clock.now(), null]);
  const isNoticed = async (id: string) => {
    const [need] = await market.db.query('select suspended_at from marketplace.need where id = $1', [id]);
    return need!['suspended_at'] !== null;
  };

  it('reads one page of the open needs, and comes to each of them in turn', async () => {
    await round();
    const last = 'ffffffff-0000-7000-8000-000000000000';
    await missed(last);
    await round();
    await round();
    expect(await isNoticed(last)).toBe(false);
    await round();
    expect(await isNoticed(last)).toBe(true);
  });

  it('reads them all when the day turns, and when the limits do', async () => {
    const [byDay, byLimits] = ['fffffff0-0000-7000-8000-000000000000', 'fffffff1-0000-7000-8000-000000000000'];
    await missed(byDay);
    market.clock.set('2026-11-23T16:00:00Z');
    await round();
    expect(await isNoticed(byDay)).toBe(true);
    market.clock.set('2026-11-24T02:00:00Z');
    await missed(byLimits);
    await market.limit('maxGrabsPerNeed', 6);
    await round();
    expect(await isNoticed(byLimits)).toBe(true);
  });

  it('finds what is due at once, wherever it lies', async () => {
    const { id } = await market.need();
    const grab = await market.grab(await market.bank(), id);
    market.clock.set('2026-11-27T02:00:00Z');
    await round();
    market.clock.set('2026-11-27T02:01:00Z');
    await round();
    const [row] = await market.db.query('select status from marketplace.grab where id = $1', [grab.body.id]);
    expect(row).toEqual({ status: 'LAPSED' });
  });
});
