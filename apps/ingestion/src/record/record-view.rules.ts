import type { Day } from '@app/kernel';

import type { Contract } from '../contract/contract.rules.js';
import { type Fields, laidOver, type Overlay } from '../correction/overlay.rules.js';
import { isHidden, publicityOfRecord } from '../retention/publicity.rules.js';

/** Who looks: an enterprise sees itself as the contract's publicity lets it, the others see what was delivered. */
export type Sight = 'WHOLE' | 'OWN';

export interface ShownFields {
  /** With the correction laid over. */
  fields: Fields;
  /** As the source sent them; null where nobody corrected anything. */
  raw: Fields | null;
  /** Names of fields whose value is not shown. */
  masked: string[];
  publicUntil: Day | null;
  /** False once its last public day is over, or when it may never be published. */
  visible: boolean;
}

const mask = '***';

/** Facts about persons, and what is of the highest class of protection, are not handed on by the platform. */
const isMasked = (contract: Contract, name: string): boolean => {
  const column = contract.columns.find((one) => one.name === name);
  return column?.subject === 'PERSON' || column?.level === 'L4';
};

/** A record as somebody may see it on `today`, whatever instant it is asked for: the past is shown by the rules of now. */
export function shownFields(
  contract: Contract,
  record: { eventDate: Day; fields: Fields; overlay: Pick<Overlay, 'fields'> | null },
  { sight, today }: { sight: Sight; today: Day },
): ShownFields {
  const whole = laidOver(record.fields, record.overlay);
  const publicity = publicityOfRecord(contract, { eventDate: record.eventDate, fields: whole });
  const visible = !isHidden(publicity, today);
  const names = Object.keys({ ...record.fields, ...whole });
  const isOut = (name: string): boolean => sight === 'OWN' && (!visible || isMasked(contract, name));
  const seen = (fields: Fields): Fields =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, isOut(name) ? mask : value]));
  return {
    fields: seen(whole),
    raw: record.overlay && seen(record.fields),
    masked: names.filter(isOut),
    publicUntil: publicity.publicUntil,
    visible,
  };
}
