import { must, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Deliveries, type NewDelivery } from '../delivery/deliveries.service.js';
import { kindOf } from '../kind/kind.rules.js';
import { onlyNamed } from '../kind/text.rules.js';
import { WishBook } from '../setting/wishes.service.js';
import { type Addressed, Audiences } from '../telling/audience.service.js';
import type { Told } from '../telling/told.rules.js';
import { WebhookQueue } from '../webhook/webhook-queue.service.js';
import { planOf } from './plan.rules.js';

/** The channel on which copies of the service wake each other's streams. */
export const noticeChannel = 'notice';
/** 36 characters each: under the 8 000 bytes of a notification; more people are an empty one, "look for yourself". */
const wokenMax = 200;

interface Row extends Addressed {
  id: string;
}

/** Writes down what people are told, once each, and sends it on its ways. */
@Injectable()
export class Notices {
  constructor(
    private readonly audiences: Audiences,
    private readonly wishes: WishBook,
    private readonly deliveries: Deliveries,
    private readonly webhooks: WebhookQueue,
  ) {}

  async tell(tx: EntityManager, heard: readonly Told[], now: Date): Promise<void> {
    if (heard.length === 0) return;
    const told = await this.withNames(tx, heard);
    await this.webhooks.add(tx, told, now);
    const addressed = once(await this.audiences.addressed(tx, told));
    if (addressed.length === 0) return;
    const people = [...new Set(addressed.map(({ personId }) => personId))].toSorted();
    await lockMailboxes(tx, people);
    const fresh = await withoutKnown(tx, addressed);
    await this.write(tx, fresh, now);
  }

  /** Texts name institutions and what came in; events have ids and codes. */
  private async withNames(tx: EntityManager, told: readonly Told[]): Promise<Told[]> {
    const allOf = (key: string) =>
      [...new Set(told.map(({ variables }) => variables[key]))].filter((one): one is string => typeof one === 'string');
    const names = await this.audiences.names(tx, allOf('institutionId'));
    const titles = await this.audiences.feedTitles(tx, allOf('feed'));
    return told.map((one) => {
      const { institutionId, institutionCode, feed } = one.variables;
      const institution = names.get(String(institutionId)) ?? institutionCode ?? null;
      const records = titles.get(String(feed)) ?? feed ?? null;
      return { ...one, variables: onlyNamed(one.kind, { ...one.variables, institution, records }) };
    });
  }

  private async write(tx: EntityManager, fresh: readonly Addressed[], now: Date): Promise<void> {
    const wishesOf = await this.wishes.of(tx, [...new Set(fresh.map(({ personId }) => personId))]);
    const deliveries: NewDelivery[] = [];
    const rows: object[] = [];
    for (const one of fresh) {
      const { told, personId } = one;
      const kind = kindOf(told.kind);
      const plan = planOf(kind, wishesOf(personId, told.kind), new Date(told.at), now, this.deliveries.open());
      if (!plan.tell) continue;
      const row: Row = { ...one, id: uuidv7(now) };
      rows.push(rowOf(row, plan.muted ? now : null));
      const urgent = kind.urgency === 'URGENT';
      deliveries.push(...plan.deliveries.map((planned) => ({ ...planned, personId, noticeId: row.id, urgent })));
    }
    if (rows.length === 0) return;
    await insertNotices(tx, rows, now);
    await this.deliveries.add(tx, deliveries, now);
    await wake(tx, [...new Set(fresh.map(({ personId }) => personId))]);
  }
}

const keyOf = ({ personId, told }: Addressed): string =>
  [personId, told.kind, told.subject, told.sourceId].join('\u0001');

/** The first of those that say the same to the same person. */
function once(addressed: readonly Addressed[]): Addressed[] {
  return [...new Map(addressed.toReversed().map((one) => [keyOf(one), one])).values()].toReversed();
}

/** In the order of the ids, so that two who tell the same people wait for each other and never lock each other out. */
async function lockMailboxes(tx: EntityManager, people: readonly string[]): Promise<void> {
  await tx.query(
    `insert into mailbox (person_id, last_number) select person_id, 0 from unnest($1::uuid[]) person_id order by 1
     on conflict (person_id) do update set last_number = mailbox.last_number`,
    [people],
  );
}

/** Read under the locks of the mailboxes: nobody else can be telling the same thing to the same person now. */
async function withoutKnown(tx: EntityManager, addressed: readonly Addressed[]): Promise<Addressed[]> {
  const keys = addressed.map(({ personId, told }) => ({
    person_id: personId,
    kind: told.kind,
    subject: told.subject,
    source_id: told.sourceId,
  }));
  const rows: { place: string }[] = await tx.query(
    `select place from rows from (json_to_recordset($1::json) as
       (person_id uuid, kind text, subject text, source_id uuid)) with ordinality
       as heard (person_id, kind, subject, source_id, place)
     where exists (select 1 from notice n where n.person_id = heard.person_id and n.kind = heard.kind
                     and n.subject = heard.subject and n.source_id = heard.source_id)`,
    [JSON.stringify(keys)],
  );
  const known = new Set(rows.map(({ place }) => Number(place) - 1));
  return addressed.filter((_, place) => !known.has(place));
}

const rowOf = ({ id, personId, organisationId, told }: Row, readAt: Date | null): object => ({
  id,
  person_id: personId,
  organisation_id: organisationId,
  kind: told.kind,
  subject: told.subject,
  source_id: told.sourceId,
  variables: told.variables,
  at: told.at,
  read_at: readAt,
});

/** Numbers go on from each person's mailbox, which is locked. */
async function insertNotices(tx: EntityManager, rows: readonly object[], now: Date): Promise<void> {
  await tx.query(
    `with heard as (
       select * from rows from (json_to_recordset($1::json) as
         (id uuid, person_id uuid, organisation_id uuid, kind text, subject text, source_id uuid, variables jsonb,
          at timestamptz, read_at timestamptz)) with ordinality
         as heard (id, person_id, organisation_id, kind, subject, source_id, variables, at, read_at, place)),
     grown as (
       update mailbox m set last_number = m.last_number + more.count
       from (select person_id, count(*) from heard group by person_id) more where more.person_id = m.person_id
       returning m.person_id, m.last_number - more.count as before)
     insert into notice (person_id, number, id, organisation_id, kind, subject, source_id, variables, at, told_at,
                         read_at)
     select person_id, grown.before + row_number() over (partition by person_id order by place), id, organisation_id,
            kind, subject, source_id, variables, at, $2, read_at
     from heard join grown using (person_id)`,
    [JSON.stringify(rows), now],
  );
}

/** Heard by every copy of the service once this transaction has committed. */
export async function wake(tx: EntityManager, people: readonly string[]): Promise<void> {
  const payload = people.length > wokenMax ? '' : must(people, 'somebody was told').join(',');
  await tx.query('select pg_notify($1, $2)', [noticeChannel, payload]);
}
