import type { Channel, Kind, Mode } from '../kind/kind-shape.rules.js';
import { defaultMode } from '../kind/kind.rules.js';
import { afterQuiet, nextAt, type QuietHours } from '../setting/quiet.rules.js';

const dayMs = 86_400_000;
/** News of yesterday is read in the list; nobody's telephone rings for it. A replay of a year sends no mail. */
const ringWithinMs = dayMs;
/** What is older than the list keeps is not told at all. */
export const keepDays = 180;

/** What is known of how a person wants to be told; absent parts are as the kind says. */
export interface Wishes {
  quiet: QuietHours | null;
  digestAt: number;
  /** Proved addresses only. */
  email: string | null;
  phone: string | null;
  modes: Partial<Record<Channel, Mode>>;
}

/** One message that is to go out besides the list. */
export interface Planned {
  channel: 'EMAIL' | 'SMS';
  state: 'QUEUED' | 'WAITING';
  notBefore: Date;
}

export interface Plan {
  tell: boolean;
  /** Listed as already read, without a signal. */
  muted: boolean;
  deliveries: Planned[];
}

/** By which ways a person hears of something, and when. `open` are the channels that this house can use at all. */
export function planOf(
  kind: Kind,
  wishes: Wishes,
  at: Date,
  now: Date,
  open: readonly Channel[] = ['EMAIL', 'SMS'],
): Plan {
  const age = now.getTime() - at.getTime();
  if (age > keepDays * dayMs) return { tell: false, muted: true, deliveries: [] };
  const modeOf = (channel: Channel) => wishes.modes[channel] ?? defaultMode(kind, channel);
  const muted = modeOf('IN_APP') === 'OFF' && kind.urgency !== 'URGENT';
  if (age > ringWithinMs) return { tell: true, muted, deliveries: [] };
  const address = { EMAIL: wishes.email, SMS: wishes.phone };
  const deliveries = (['EMAIL', 'SMS'] as const)
    .filter((channel) => open.includes(channel) && address[channel] !== null && modeOf(channel) !== 'OFF')
    .map((channel) => planned(channel, modeOf(channel), kind, wishes, now));
  return { tell: true, muted, deliveries };
}

function planned(channel: 'EMAIL' | 'SMS', mode: Mode, kind: Kind, wishes: Wishes, now: Date): Planned {
  // What is urgent waits for no digest either; an SMS is too short to hold one.
  if (mode === 'DIGEST' && kind.urgency !== 'URGENT' && channel === 'EMAIL')
    return { channel, state: 'WAITING', notBefore: nextAt(now, wishes.digestAt) };
  return { channel, state: 'QUEUED', notBefore: kind.urgency === 'URGENT' ? now : afterQuiet(now, wishes.quiet) };
}
