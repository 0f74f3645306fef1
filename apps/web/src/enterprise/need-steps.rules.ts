export type StepKey = 'draft' | 'published' | 'places' | 'contacts' | 'offers' | 'chosen' | 'money';

/** What the line of steps needs to know of a need. */
export interface Progress {
  readonly status: string;
  readonly suspended: boolean;
  readonly placesTaken: number;
  /** null when the number of banks is not limited. */
  readonly placesLeft: number | null;
  readonly contacted: number;
  readonly offers: number;
}

interface NeedFacts {
  readonly status: string;
  readonly suspendedAt?: string | null;
  readonly placesTaken: number;
  readonly placesLeft?: number | null;
  readonly grabs: readonly { readonly status: string; readonly contactedAt?: string | null }[];
}

export interface Step {
  readonly key: StepKey;
  readonly state: 'done' | 'now' | 'open';
  /** Shown under the step where it counts something. */
  readonly count?: string;
}

const order: readonly StepKey[] = ['draft', 'published', 'places', 'contacts', 'offers', 'chosen', 'money'];
const withOffer = new Set(['OFFERED', 'ACCEPTED', 'DISBURSED', 'LOST']);

export function progressOf(need: NeedFacts): Progress {
  return {
    status: need.status,
    suspended: Boolean(need.suspendedAt),
    placesTaken: need.placesTaken,
    placesLeft: need.placesLeft ?? null,
    contacted: need.grabs.filter(({ contactedAt }) => contactedAt).length,
    offers: need.grabs.filter(({ status }) => withOffer.has(status)).length,
  };
}

export function stepsOf(progress: Progress): Step[] {
  const reached = reachedBy(progress);
  return order.map((key, place) => ({
    key,
    state: place < reached ? 'done' : place === reached ? 'now' : 'open',
    ...countOf(key, progress),
  }));
}

/** How many steps lie behind the need. */
function reachedBy({ status, placesTaken, contacted, offers }: Progress): number {
  if (status === 'DRAFT') return 0;
  if (status === 'FUNDED') return order.length;
  if (status === 'MATCHED') return 6;
  if (offers > 0) return 5;
  if (contacted > 0) return 4;
  return placesTaken > 0 ? 3 : 2;
}

function countOf(key: StepKey, { placesTaken, placesLeft, contacted, offers }: Progress): { count?: string } {
  const counts: Partial<Record<StepKey, number>> = { contacts: contacted, offers };
  if (key === 'places') {
    const dots = placesLeft === null ? String(placesTaken) : '●'.repeat(placesTaken) + '○'.repeat(placesLeft);
    return dots ? { count: dots } : {};
  }
  return counts[key] ? { count: String(counts[key]) } : {};
}

/** Whose move it is. */
export function turnOf({ status, suspended, offers }: Progress): 'you' | 'banks' | 'none' {
  if (status === 'DRAFT' || suspended) return 'you';
  if (['PUBLISHED', 'FULL', 'EXPIRED'].includes(status)) return offers > 0 ? 'you' : 'banks';
  return status === 'MATCHED' ? 'banks' : 'none';
}
