import type { EventDefinition, EventEnvelope } from '@app/contracts';
import { sha256Hex } from '@app/kernel';

import type { KindName } from '../kind/kind.rules.js';
import type { Value } from '../kind/text.rules.js';

/** Whom an event means. Who these people are is looked up when it is told. */
export type Audience =
  | { enterprise: string }
  | { person: string; institutionId?: string }
  | { adminsOf: string }
  /** The admins of every institution on the marketplace. */
  | { members: true }
  | { operators: true };

/** One thing to tell somebody. */
export interface Told {
  kind: KindName;
  /** What it is about. Once per person, kind, subject and source, however often the event is heard. */
  subject: string;
  /** The event, or what stands for it where several events are told as one. */
  sourceId: string;
  at: string;
  to: Audience;
  variables: Record<string, Value>;
}

export type DataIn<E> = E extends EventDefinition<infer D> ? D : never;
export type Heard<E> = EventEnvelope<DataIn<E>>;

/** One thing of one event; the event's own fields are its variables, of which the kind keeps what it names. */
export function tell(
  event: EventEnvelope<object>,
  kind: KindName,
  subject: string,
  to: Audience,
  more: Record<string, Value> = {},
): Told {
  return { kind, subject, sourceId: event.id, at: event.at, to, variables: { ...asVariables(event.data), ...more } };
}

/** Everything but objects, which no text can show. */
function asVariables(data: object): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(data).filter(([, value]) => typeof value !== 'object' || value === null || isTexts(value)),
  ) as Record<string, Value>;
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** An id that is the same for the same parts: what is told once a day has the day among them. */
export function stableId(...parts: string[]): string {
  const hex = sha256Hex(JSON.stringify(parts));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
