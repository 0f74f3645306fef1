import { useState } from 'react';

import { useMe } from '../client/session.query.js';
import type { Draft, Need } from './need.query.js';

/** What a person has typed so far. */
export interface DraftFields {
  readonly amountFen?: string;
  readonly termMonths?: number;
  readonly purpose?: string;
  readonly security?: string;
  readonly ratePercent?: number | null;
  readonly name?: string;
  readonly phone?: string;
  readonly firstLook?: 'nobody' | 'directed' | 'house';
  readonly firstBank?: string;
  readonly fairWindow?: boolean;
  readonly severalLenders?: boolean;
}

/** What is typed, and the id of the draft that the service holds of it. */
export interface KeptDraft extends DraftFields {
  readonly id?: string;
}

/** What is typed stays on this computer, per person, until it is published: an accidental reload costs nothing. */
export function useKeptDraft() {
  const { data: me } = useMe();
  const name = `xinqiao.draft.${me?.id ?? ''}`;
  const [kept, setKept] = useState<KeptDraft>(() => read(name));
  const keep = (fields: KeptDraft) => {
    const next = { ...kept, ...fields };
    setKept(next);
    localStorage.setItem(name, JSON.stringify(next));
  };
  return { kept, keep, forget: () => localStorage.removeItem(name) };
}

function read(name: string): KeptDraft {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '{}') as KeptDraft;
  } catch {
    return {}; // something else wrote there: begin anew
  }
}

/** The fields as the service takes them; they were checked by the form. */
export function draftOf(fields: DraftFields): Draft {
  return {
    amountFen: fields.amountFen ?? '0',
    termMonths: fields.termMonths ?? 0,
    purpose: fields.purpose?.trim() ?? '',
    security: (fields.security ?? 'UNSECURED') as Draft['security'],
    contact: { name: fields.name?.trim() ?? '', phone: fields.phone?.trim() ?? '' },
    ...optionsOf(fields),
    ...(typeof fields.ratePercent === 'number' ? { annualRateBpMax: Math.round(fields.ratePercent * 100) } : {}),
  };
}

/** Only what was chosen: the rest is as the market has it. */
function optionsOf({ firstLook, firstBank, fairWindow, severalLenders }: DraftFields): Partial<Draft> {
  return {
    ...(firstBank && firstLook === 'directed' && { directedTo: firstBank }),
    ...(firstBank && firstLook === 'house' && { houseBank: firstBank }),
    ...(fairWindow && { fairWindow }),
    ...(severalLenders && { severalLenders }),
  };
}

/** Whom to call and against what: the same as last time, until somebody writes otherwise. */
export function fieldsOf(last: Need | null): DraftFields {
  if (!last) return { firstLook: 'nobody' };
  return { firstLook: 'nobody', security: last.security, name: last.contact.name, phone: last.contact.phone };
}
