import { bankKinds } from './bank-kinds.rules.js';
import { enterpriseKinds } from './enterprise-kinds.rules.js';
import { enterpriseWorkKinds } from './enterprise-work-kinds.rules.js';
import { houseKinds } from './house-kinds.rules.js';
import type { Channel, Kind, Mode } from './kind-shape.rules.js';
import { workKinds } from './work-kinds.rules.js';

/** Every kind of notice there is. One more is one entry in one of these tables, and one line in a file of telling/. */
export const kinds = {
  ...enterpriseKinds,
  ...enterpriseWorkKinds,
  ...bankKinds,
  ...workKinds,
  ...houseKinds,
} satisfies Record<string, Kind>;
export type KindName = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as KindName[];
export const kindOf = (name: KindName): Kind => kinds[name];

/** Kinds that an institution's own systems may ask for. */
export const webhookKinds = kindNames.filter((name) => kindOf(name).webhook);

/** A kind of an older version of the house may still lie in a table. */
export const isKind = (name: string): name is KindName => Object.hasOwn(kinds, name);

export const defaultMode = (kind: Kind, channel: Channel): Mode => {
  if (channel === 'IN_APP') return 'NOW';
  return channel === 'EMAIL' ? kind.email : kind.sms;
};
