import type { Day } from '@app/kernel';
import type { Client } from 'pg';

import { endedBy, type Fields, type Overlay, type OverlayEnd } from '../correction/overlay.rules.js';
import type { InForce } from '../retention/publicity.driver.js';
import type { PartEffect } from './classify.rules.js';

/** A head that a part changed and over which a correction lies. */
export interface CorrectedHead {
  key: string;
  overlay: Overlay;
}

interface End {
  key: string;
  id: string;
  because: OverlayEnd;
  version: number;
}

/**
 * Ends the corrections that the source's newer versions have answered; runs under the row locks of their heads. Gives
 * back those that stay, by key.
 */
export async function endOverlays(
  client: Client,
  place: { feedId: number; now: Date },
  corrected: readonly CorrectedHead[],
  versions: PartEffect['versions'],
): Promise<Map<string, Overlay>> {
  const ends = corrected.flatMap((head) => endOf(head, versions) ?? []);
  const staying = new Map(corrected.map(({ key, overlay }) => [key, overlay]));
  for (const { key } of ends) staying.delete(key);
  if (ends.length === 0) return staying;
  await client.query(
    'update record_head set overlay = null where feed_id = $1 and record_key = any($2) and overlay is not null',
    [place.feedId, ends.map(({ key }) => key)],
  );
  await client.query(
    `update correction c set status = 'ENDED', active_until = $1, ended_because = e.because, ended_by_version = e.version
     from json_to_recordset($2::json) as e (id uuid, because text, version int) where c.id = e.id`,
    [place.now, JSON.stringify(ends)],
  );
  return staying;
}

/** Several versions of one key may come in one part: the first that answers ends it. */
function endOf({ key, overlay }: CorrectedHead, versions: PartEffect['versions']): End | undefined {
  for (const { row, version } of versions) {
    if (row.key !== key) continue;
    const because = endedBy(overlay, { uscc: row.uscc, op: row.op, fields: JSON.parse(row.fields) as Fields });
    if (because) return { key, id: overlay.id, because, version };
  }
  return undefined;
}

/** The last versions of a part, as they are shown. */
export function inForceOf(versions: PartEffect['versions'], overlays: ReadonlyMap<string, Overlay>): InForce[] {
  const last = new Map(versions.map((one) => [one.row.key, one]));
  return [...last.values()].map(({ row, version }) => ({
    key: row.key,
    uscc: row.uscc,
    version,
    eventDate: row.eventDate as Day,
    fields: JSON.parse(row.fields) as Fields,
    overlay: overlays.get(row.key) ?? null,
  }));
}
