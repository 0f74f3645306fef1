import type { SearchHit } from '@app/search';

/** Public facts only: registry, tier and titles; no score and no figures. */
export class EnterpriseResponse {
  uscc: string;
  name: string;
  district: string | null;
  industry: string | null;
  tier: string | null;
  titles: string[];
  /** 存续, 吊销, 注销 or 迁出. */
  status: string | null;
}

export class EnterprisePage {
  items: EnterpriseResponse[];
  nextCursor: string | null;
  /** The engine that answered: `elasticsearch` or `postgresql`. */
  servedBy: string;
  /** The engine that should have answered is away, and another one stood in: the same hits, perhaps more slowly. */
  degraded: boolean;
}

/** What the scoring job put into the search document. */
interface Shown {
  district: string | null;
  industry: string | null;
  tier: string | null;
  titles: string[];
  status: string | null;
}

export function toEnterpriseResponse({ id, name, shown }: SearchHit): EnterpriseResponse {
  const { district, industry, tier, titles, status } = shown as Shown;
  return { uscc: id, name, district, industry, tier, titles, status };
}
