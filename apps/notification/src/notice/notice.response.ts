import type { Language, Urgency } from '../kind/kind-shape.rules.js';
import { isKind, kindOf } from '../kind/kind.rules.js';
import { render, type Variables } from '../kind/text.rules.js';

export interface NoticeRow {
  id: string;
  number: string;
  kind: string;
  variables: Variables;
  at: Date;
  read_at: Date | null;
}

export class NoticeResponse {
  id: string;
  /** Counts up per person: the `id` of the event on the stream, and what `upTo` speaks of. */
  number: number;
  kind: string;
  urgency: Urgency;
  title: string;
  text: string;
  /** Page of the portal that shows more. */
  link: string | null;
  /** When it happened. */
  at: Date;
  readAt: Date | null;
}

export class NoticePage {
  items: NoticeResponse[];
  nextCursor: string | null;
  /** How many the person has not read, on this page or not. */
  unread: number;
}

export class ReadingResponse {
  /** How many are left unread. */
  unread: number;
}

export function toNoticeResponse(row: NoticeRow, language: Language): NoticeResponse {
  const { id, kind, variables, at, read_at: readAt } = row;
  const base = { id, number: Number(row.number), kind, at, readAt };
  // A kind of an earlier version of the house has no texts any more.
  if (!isKind(kind)) return { ...base, urgency: 'LOW', title: kind, text: '', link: null };
  return { ...base, urgency: kindOf(kind).urgency, ...render(kind, variables, language) };
}
