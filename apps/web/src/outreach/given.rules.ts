/** What a person has filled in: empty fields and empty lists are left out, where a service reads them as mistakes. */
export function given<Fields extends object>(fields: Fields): Partial<Fields> {
  const filled = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(filled) as Partial<Fields>;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'string' || Array.isArray(value) ? value.length === 0 : false;
}
