/** A field of a record as a person edits it: lists with 、 between their parts, nothing for null. */
export function textOfField(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('、');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What was typed, in the form that the field had; undefined when it cannot be that. Nothing typed takes the field away. */
export function fieldOfText(typed: string, before: unknown): unknown {
  const text = typed.trim();
  if (text === '') return null;
  if (Array.isArray(before))
    return text
      .split(/[、,，;；]/)
      .map((part) => part.trim())
      .filter(Boolean);
  if (typeof before === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  if (typeof before === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  return text;
}
