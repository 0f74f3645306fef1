import type { SearchDocument } from '@app/search';

import { facetsOf } from '../scoring/master.rules.js';

/** An enterprise with public facts only. */
export interface FoundEnterprise {
  readonly uscc: string;
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly district: string | null;
  readonly industry: string | null;
  /** 存续, 吊销, 注销 or 迁出. */
  readonly status: string | null;
  readonly tier: string | null;
  readonly titles: readonly string[];
}

/** What the search index keeps of an enterprise, whether it was just scored or the index is made anew. */
export function documentOf({ uscc, formerNames, ...enterprise }: FoundEnterprise): SearchDocument {
  const { name, district, industry, status, tier, titles } = enterprise;
  return {
    id: uscc,
    names: [name, ...formerNames],
    facets: facetsOf({ master: { district, industry }, tier }),
    shown: { district, industry, tier, titles, status },
  };
}
