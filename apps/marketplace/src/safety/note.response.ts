export interface NoteRow {
  id: string;
  need_id: string;
  grab_id: string;
  what: 'EQUAL_NEED' | 'EQUAL_PLEDGE';
  noted_at: Date;
}

export class NoteResponse {
  id: string;
  needId: string;
  grabId: string;
  what: 'EQUAL_NEED' | 'EQUAL_PLEDGE';
  text: { zh: string; en: string };
  notedAt: Date;
}

export class NotePage {
  items: NoteResponse[];
  nextCursor: string | null;
}

/** Neutral on purpose: not who, not where, not how many. */
const texts = {
  EQUAL_NEED: {
    zh: '平台上另有一项相同的融资需求，请注意核实用途与总授信。',
    en: 'An equal need is registered elsewhere.',
  },
  EQUAL_PLEDGE: {
    zh: '该押品在其他机构有相同登记，请注意核实权属与顺位。',
    en: 'An equal pledge is registered elsewhere.',
  },
};

export const toNoteResponse = (row: NoteRow): NoteResponse => ({
  id: row.id,
  needId: row.need_id,
  grabId: row.grab_id,
  what: row.what,
  text: texts[row.what],
  notedAt: row.noted_at,
});
