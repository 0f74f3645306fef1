import { of, type RecordsByFeed, textIn, textsIn } from '../record/record.rules.js';

/** Who an enterprise is, from the registry alone: no other feed may name or move it. */
export interface Master {
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly district: string | null;
  readonly industry: string | null;
  /** Two digits of GB/T 4754. */
  readonly industry2: string | null;
  /** 存续, 吊销, 注销 or 迁出. */
  readonly status: string | null;
}

/** undefined while the registry has no record: what other feeds deliver waits until it has. */
export function masterOf(records: RecordsByFeed): Master | undefined {
  const [registry] = of(records, 'registry.enterprise');
  const name = textIn(registry, 'name');
  if (name === null) return undefined;
  const industry = textIn(registry, 'industry');
  return {
    name,
    formerNames: textsIn(registry, 'former_names'),
    district: textIn(registry, 'division'),
    industry,
    industry2: industry?.slice(1, 3) ?? null,
    status: textIn(registry, 'status'),
  };
}

interface Found {
  readonly master: Pick<Master, 'district' | 'industry'>;
  readonly tier: string | null;
}

/** What a search may filter by: every level of the industry code, with and without its letter. */
export function facetsOf({ master: { district, industry }, tier }: Found): string[] {
  const code = industry ?? '';
  const levels = Array.from({ length: code.length }, (_, cut) => code.slice(0, cut + 1));
  return [
    `tier:${tier ?? 'NONE'}`,
    ...(district === null ? [] : [`district:${district}`]),
    ...levels.map((level) => `industry:${level}`),
    ...(code.length >= 3 ? levels.slice(2).map((level) => `industry:${level.slice(1)}`) : []),
  ];
}
