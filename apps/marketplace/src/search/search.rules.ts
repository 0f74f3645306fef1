import type { ProductFamily } from '@app/contracts';

/** What a person looks for on the lead board. An empty list asks for nothing; lists of one kind mean "one of these". */
export interface SearchFilter {
  amountBands: string[];
  districts: string[];
  /** Two digits of GB/T 4754. */
  industries: string[];
  tiers: string[];
  scoreBands: string[];
  securities: string[];
  /** One of them must stand in the purpose as leads show it. */
  purposeWords: string[];
  /** One of the bank's products of these families must not fail on the lead. */
  families: ProductFamily[];
}

/** A lead as the board shows it: a search sees no more than its person would. */
export interface ShownLead {
  needId: string;
  amountBand: string;
  district: string | null;
  industry: string | null;
  tier: string | null;
  scoreBand: string | null;
  security: string;
  termMonths: number;
  purpose: string;
}

/** What is not known is in no list that asks for it. */
const oneOf = (wanted: readonly string[], value: string | null): boolean =>
  wanted.length === 0 || (value !== null && wanted.includes(value));

/** Whether a lead is what the filter asks for; `families` are those of the bank's products that the lead suits. */
export function finds(filter: SearchFilter, lead: ShownLead, families: ReadonlySet<string>): boolean {
  const purpose = lead.purpose.toLowerCase();
  return (
    oneOf(filter.amountBands, lead.amountBand) &&
    oneOf(filter.districts, lead.district) &&
    oneOf(filter.industries, lead.industry) &&
    oneOf(filter.tiers, lead.tier) &&
    oneOf(filter.scoreBands, lead.scoreBand) &&
    oneOf(filter.securities, lead.security) &&
    (filter.purposeWords.length === 0 || filter.purposeWords.some((word) => purpose.includes(word.toLowerCase()))) &&
    (filter.families.length === 0 || filter.families.some((family) => families.has(family)))
  );
}

export interface StandingSearch {
  id: string;
  personId: string;
  institutionId: string;
  institutionCode: string;
  name: string;
  delivery: 'IMMEDIATE' | 'DAILY';
  filter: SearchFilter;
}

/** One alert for a person about a need: of several searches that find it, an immediate one, then the oldest. */
export function hitsOf(
  lead: ShownLead,
  searches: readonly StandingSearch[],
  familiesOf: (institutionId: string) => ReadonlySet<string>,
): StandingSearch[] {
  const best = new Map<string, StandingSearch>();
  for (const search of searches) {
    const wanted = search.filter.families.length > 0;
    if (!finds(search.filter, lead, wanted ? familiesOf(search.institutionId) : none)) continue;
    const there = best.get(search.personId);
    if (!there || before(search, there)) best.set(search.personId, search);
  }
  return [...best.values()];
}

const none: ReadonlySet<string> = new Set();

const before = (a: StandingSearch, b: StandingSearch): boolean =>
  a.delivery === b.delivery ? a.id < b.id : a.delivery === 'IMMEDIATE';
