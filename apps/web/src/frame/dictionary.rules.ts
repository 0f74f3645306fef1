export type Language = 'zh' | 'en';

/** The texts of one room; English has exactly the keys of Chinese. */
export interface Dictionary<Key extends string = string> {
  readonly zh: Readonly<Record<Key, string>>;
  readonly en: Readonly<Record<Key, string>>;
}

export type Values = Readonly<Record<string, string | number>>;

export function dictionary<Key extends string>(
  zh: Record<Key, string>,
  en: Record<NoInfer<Key>, string>,
): Dictionary<Key> {
  return { zh, en };
}

/** Puts values in the places `{name}`; a place without a value stays readable as it is. */
export function fill(template: string, values: Values = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** What a translator forgot: keys that one language lacks, empty texts, and places that do not match. */
export function flawsOf(texts: Dictionary): string[] {
  const keys = new Set([...Object.keys(texts.zh), ...Object.keys(texts.en)]);
  return [...keys].flatMap((key) => {
    const [zh, en] = [texts.zh[key], texts.en[key]];
    if (!zh || !en) return [`${key}: no text in ${zh ? 'en' : 'zh'}`];
    return placesOf(zh) === placesOf(en) ? [] : [`${key}: places differ between zh and en`];
  });
}

function placesOf(template: string): string {
  return [...template.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => String(name))
    .toSorted((a, b) => a.localeCompare(b))
    .join();
}
