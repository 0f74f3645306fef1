const rememberedMax = 100_000;

/**
 * Reads each text once: the same codes, days and months come again and again in one file, often line after line. The
 * memory is emptied before it grows large.
 */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  let last: { text: string; value: T } | undefined;
  return (text) => {
    if (last?.text === text) return last.value;
    const old = known.get(text);
    const value = old === undefined ? read(text) : old;
    if (old === undefined) {
      if (known.size >= rememberedMax) known.clear();
      known.set(text, value);
    }
    last = { text, value };
    return value;
  };
}
