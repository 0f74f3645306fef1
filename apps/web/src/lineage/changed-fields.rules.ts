type Fields = Readonly<Record<string, unknown>>;

export interface ChangedField {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What a version says otherwise than the one before it, in the order given; without one before: everything it says. */
export function changedFields(order: readonly string[], after: Fields, before?: Fields): ChangedField[] {
  const known = new Set(order);
  const others = Object.keys({ ...before, ...after }).filter((name) => !known.has(name));
  return [...order, ...others]
    .map((name) => ({ name, before: before?.[name] ?? null, after: after[name] ?? null }))
    .filter((field) => JSON.stringify(field.before) !== JSON.stringify(field.after));
}
