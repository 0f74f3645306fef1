import { onGround, signer } from './ground.mjs';
import { killing } from './market/killing.mjs';
import { idOf, needs } from './market/pairs.mjs';
import { enterpriseOf, isDraft, keyOf, race } from './market/race.mjs';
import { seedMarket } from './market/seed.mjs';
import { allBanks, renewing, startMarketplace, tokensOf } from './market/service.mjs';
import { figure } from './measure.mjs';
import { freePort, stop } from './processes.mjs';
import { usccOf } from './uscc.mjs';

const racers = 64;
const firstEnterprise = 5_000_000;
const kinds = { organisation: 6, person: 7, session: 8 };

export const bench = {
  what: 'idempotency: double effects of commands sent one to five times in a race, their services killed with -9',
  floor: 0,
  stretch: 0,
  better: 'less',
  async run({ quick, rows: count = quick ? 600 : 100_000, seconds: killEvery = quick ? 6 : 15 }) {
    return onGround(async (ground) => {
      const bankIds = allBanks();
      await seedMarket(ground.owner, { needs, bankIds });
      const sign = await signer(ground.owner);
      const ports = [await freePort(), await freePort()];
      const services = await Promise.all(ports.map((port) => startMarketplace(ground.settings, port)));
      const signEnterprises = await addEnterprises(ground.owner, sign, enterpriseOf(count - 1) + 1);
      const { tokens, end } = await renewing(async () => ({
        manager: await tokensOf({ bankIds, sign }),
        enterprise: await signEnterprises(),
      }));
      const killer = killing({ ...ground, services, killEvery });
      const seen = await race({ ports, racers, count, tokens });
      const kills = await killer.end();
      end();
      await Promise.all(services.map(({ child }) => stop(child)));
      const found = await audit(ground.owner, seen, count);
      console.log(JSON.stringify(found));
      const settings = { commands: count, racers, services: services.length, 'seconds between kills': killEvery };
      return { ...summed(found, seen, kills), settings, versions: ground.versions };
    });
  },
};

/** Enterprises with a person each; what comes back signs their tokens, by number. */
export async function addEnterprises(owner, sign, count) {
  const list = Array.from({ length: count }, (_, at) => ({
    organisationId: idOf(kinds.organisation, at),
    personId: idOf(kinds.person, at),
    sessionId: idOf(kinds.session, at),
    uscc: usccOf(firstEnterprise + at),
  }));
  const column = (name) => list.map((row) => row[name]);
  await owner.query(
    `insert into identity.organisation (id, kind, code, name, uscc, memberships, status, created_at)
     select id, 'enterprise', uscc, '苏州测试企业 ' || uscc, uscc, '{}', 'ACTIVE', now()
     from unnest($1::uuid[], $2::text[]) as enterprise (id, uscc)`,
    [column('organisationId'), column('uscc')],
  );
  await owner.query(
    `insert into identity.person (id, organisation_id, login, display_name, password_hash, roles, status, created_at)
     select id, organisation_id, 'race-' || id, '财务', 'none', '{enterprise}', 'ACTIVE', now()
     from unnest($1::uuid[], $2::uuid[]) as person (id, organisation_id)`,
    [column('personId'), column('organisationId')],
  );
  await owner.query(
    `insert into identity.session (id, person_id, refresh_hash, created_at, expires_at)
     select id, person_id, id::text, now(), now() + interval '1 day'
     from unnest($1::uuid[], $2::uuid[]) as session (id, person_id)`,
    [column('sessionId'), column('personId')],
  );
  return () => Promise.all(list.map((row) => sign(row)));
}

/** What the rows tell, against what was answered. Events are counted by their own id, as the relay may send one twice. */
async function audit(owner, { ids, wrong }, count) {
  const one = async (sql, values = []) => Number((await owner.query(sql, values)).rows[0].count);
  const numbers = Array.from({ length: count }, (_, number) => number);
  const drafts = numbers.filter(isDraft).length;
  const told = `
    select event->>'id' as id, event->'data' as data from bus.message where topic = 'marketplace.grab.changed.v1'
    union select event_id::text, data from marketplace.outbox where topic = 'marketplace.grab.changed.v1'`;
  const given = [...ids.values()].flatMap((set) => [...set]);
  return {
    commands: count,
    answered: ids.size,
    wrong: wrong.length,
    examples: wrong.slice(0, 5),
    answeredApart: [...ids.values()].filter((set) => set.size > 1).length,
    grabsTooMany: (await one('select count(*) from marketplace.grab')) - (count - drafts),
    draftsTwice: await one(
      `select count(*) from (select from marketplace.need where purpose like '%race-%' group by purpose
       having count(*) > 1) as twice`,
    ),
    draftsTooMany: (await one(`select count(*) from marketplace.need where purpose like '%race-%'`)) - drafts,
    auditedTwice: await one(
      `select count(*) from (select from marketplace.audit where act in ('GRABBED', 'DRAFTED') group by subject_id, act
       having count(*) > 1) as twice`,
    ),
    toldTwice: await one(
      `select count(*) from (select from (${told}) as event where data->>'to' = 'ACTIVE' group by data->>'grabId'
       having count(*) > 1) as twice`,
    ),
    answersKept: await one(`select count(*) from marketplace.idempotency where key = any($1)`, [numbers.map(keyOf)]),
    lost: await one(
      `select count(*) from unnest($1::uuid[]) as given (id)
       where not exists (select from marketplace.grab where grab.id = given.id)
         and not exists (select from marketplace.need where need.id = given.id)`,
      [given],
    ),
  };
}

function summed(found, seen, kills) {
  const { answeredApart, grabsTooMany, draftsTwice, draftsTooMany, auditedTwice, toldTwice } = found;
  const effects = [answeredApart, grabsTooMany, draftsTwice, draftsTooMany, auditedTwice, toldTwice];
  const doubled = effects.reduce((sum, value) => sum + Math.abs(value), 0);
  const less = (what, unit, value) => ({ ...figure(what, unit, [value]), better: 'less' });
  return {
    ours: { unit: 'double effects', rounds: [doubled] },
    base: null,
    ratio: null,
    also: [
      less('acknowledged and lost', 'commands', found.lost),
      less('answers that may not be', 'answers', found.wrong),
      less('commands without an answer kept', 'commands', found.commands - found.answersKept),
      figure('commands', 'commands', [found.commands]),
      figure('copies sent', 'requests', [seen.sent]),
      figure('sent once more, as a service was away or at it', 'requests', [seen.again]),
      figure('kill -9', 'times', [kills]),
    ],
  };
}
