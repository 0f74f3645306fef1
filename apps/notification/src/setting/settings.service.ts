import type { Viewer } from '@app/auth';
import { InvalidInput } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Deliveries } from '../delivery/deliveries.service.js';
import type { Channel, Mode } from '../kind/kind-shape.rules.js';
import { kindOf } from '../kind/kind.rules.js';
import type { ChangePreferenceRequest, ChangeSettingRequest } from './change-setting.request.js';
import { minuteOfText } from './quiet.rules.js';
import {
  type PreferenceList,
  type SettingResponse,
  type SettingRow,
  toPreferenceList,
  toSettingResponse,
} from './setting.response.js';
import { digestAtDefault } from './wishes.service.js';

const nothing: SettingRow = {
  language: 'zh',
  quiet_from: null,
  quiet_to: null,
  digest_at: digestAtDefault,
  email: null,
  phone: null,
};

/** How a person wants to be told. */
@Injectable()
export class Settings {
  constructor(
    private readonly db: DataSource,
    private readonly deliveries: Deliveries,
  ) {}

  read({ personId }: Viewer): Promise<SettingResponse> {
    return this.readFrom(this.db.manager, personId);
  }

  async change({ tx, viewer }: Command, body: ChangeSettingRequest): Promise<SettingResponse> {
    if ((body.quietFrom == null) !== (body.quietTo == null))
      throw new InvalidInput([{ pointer: '/quietTo', detail: 'quietFrom and quietTo go together' }]);
    const minute = (text: string | null | undefined) => (text ? (minuteOfText(text) ?? null) : null);
    await tx.query(
      `insert into setting as s (person_id, language, digest_at, quiet_from, quiet_to)
       values ($1, coalesce($2, 'zh'), coalesce($3, ${digestAtDefault}), $4, $5)
       on conflict (person_id) do update set language = coalesce($2, s.language),
         digest_at = coalesce($3, s.digest_at),
         quiet_from = case when $6 then $4 else s.quiet_from end,
         quiet_to = case when $6 then $5 else s.quiet_to end`,
      [
        viewer.personId,
        body.language ?? null,
        minute(body.digestAt),
        minute(body.quietFrom),
        minute(body.quietTo),
        body.quietFrom !== undefined,
      ],
    );
    return this.readFrom(tx, viewer.personId);
  }

  preferences({ personId, roles }: Viewer): Promise<PreferenceList> {
    return this.preferencesFrom(this.db.manager, personId, roles);
  }

  async prefer({ tx, viewer }: Command, { kind, channel, mode }: ChangePreferenceRequest): Promise<PreferenceList> {
    const fault = faultOf(kindOf(kind).urgency, channel, mode);
    if (fault) throw new InvalidInput([{ pointer: '/mode', detail: fault }]);
    await tx.query(
      `insert into preference (person_id, kind, channel, mode) values ($1, $2, $3, $4)
       on conflict (person_id, kind, channel) do update set mode = excluded.mode`,
      [viewer.personId, kind, channel, mode],
    );
    return this.preferencesFrom(tx, viewer.personId, viewer.roles);
  }

  private async readFrom(db: EntityManager, personId: string): Promise<SettingResponse> {
    const [row]: SettingRow[] = await db.query(
      'select language, quiet_from, quiet_to, digest_at, email, phone from setting where person_id = $1',
      [personId],
    );
    return toSettingResponse(row ?? nothing, this.deliveries.open());
  }

  private async preferencesFrom(db: EntityManager, personId: string, roles: string[]): Promise<PreferenceList> {
    const own: { kind: string; channel: Channel; mode: Mode }[] = await db.query(
      'select kind, channel, mode from preference where person_id = $1',
      [personId],
    );
    const { language } = await this.readFrom(db, personId);
    return toPreferenceList(roles, own, language);
  }
}

function faultOf(urgency: string, channel: Channel, mode: Mode): string | undefined {
  if (mode === 'DIGEST' && channel !== 'EMAIL') return 'there is a digest by e-mail only';
  if (mode === 'OFF' && channel === 'IN_APP' && urgency === 'URGENT') return 'this is urgent: the app always shows it';
  return undefined;
}
