import type { Day } from '@app/kernel';

/** What an authorisation permits: the platform to collect, and institutions to query and use. */
export const limbs = ['COLLECTION', 'USE'] as const;
export type Limb = (typeof limbs)[number];

/** The closed list of purposes for which an institution may read. */
export const purposes = ['PRE_LOAN', 'POST_LOAN', 'GUARANTEE', 'SUBSIDY_REVIEW', 'RECOMMENDATION'] as const;
export type Purpose = (typeof purposes)[number];

/** One row of credit_api.authorisation_v1, as far as the decision needs it. */
export interface SignedAuthorisation {
  id: string;
  limbs: readonly string[];
  /** Codes of the institutions that may read; null stands for all. */
  institutions: readonly string[] | null;
  purposes: readonly string[];
  validFrom: Day;
  /** The last day on which it holds. */
  validTo: Day;
  signedAt: Date;
  revokedAt: Date | null;
}

export interface ConsentAsk {
  /** Code of the organisation that wants to read. */
  institution: string;
  purpose: string;
  today: Day;
}

/** What stands in the way, nearest to the start first: no authorisation at all, then who, what for, and what of. */
export type MissingConsent = 'AUTHORISATION' | 'EXPIRED' | 'USE' | 'INSTITUTION' | 'PURPOSE' | 'COLLECTION';

export type ConsentDecision =
  | { granted: true; authorisationId: string; collectionId: string; limbs: { collection: true; use: true } }
  /** With `COLLECTION` missing the USE limb holds: public and duty records may be shown, authorised ones not. */
  | { granted: false; missing: 'COLLECTION'; authorisationId: string; limbs: { collection: false; use: true } }
  | {
      granted: false;
      missing: Exclude<MissingConsent, 'COLLECTION'>;
      authorisationId?: undefined;
      limbs: { collection: boolean; use: false };
    };

/**
 * Whether an institution may read about an enterprise for a purpose today, given all authorisations of that
 * enterprise. The limbs may come from two authorisations: institutions and purposes bound the use, whereas
 * collection is the platform's own act (architecture rule 11).
 */
export function decideConsent(signed: readonly SignedAuthorisation[], ask: ConsentAsk): ConsentDecision {
  const standing = signed.filter(({ revokedAt }) => revokedAt === null).toSorted(newestFirst);
  const active = standing.filter(({ validFrom, validTo }) => validFrom <= ask.today && ask.today <= validTo);
  const [collection] = active.filter((one) => one.limbs.includes('COLLECTION'));
  const use = active.find((one) => covers(one, ask));
  if (!use) return refused(missingUse(standing, active, ask), collection !== undefined);
  if (!collection)
    return {
      granted: false,
      missing: 'COLLECTION',
      authorisationId: use.id,
      limbs: { collection: false, use: true },
    };
  return {
    granted: true,
    authorisationId: use.id,
    collectionId: collection.id,
    limbs: { collection: true, use: true },
  };
}

type MissingUse = Exclude<MissingConsent, 'COLLECTION'>;

const refused = (missing: MissingUse, collection: boolean): ConsentDecision => ({
  granted: false,
  missing,
  limbs: { collection, use: false },
});

function missingUse(
  standing: readonly SignedAuthorisation[],
  active: readonly SignedAuthorisation[],
  ask: ConsentAsk,
): MissingUse {
  // Only whom an ended authorisation named for this purpose learns that there was one.
  if (standing.some((one) => one.validTo < ask.today && covers(one, ask))) return 'EXPIRED';
  if (active.length === 0) return 'AUTHORISATION';
  const usable = active.filter((one) => one.limbs.includes('USE'));
  if (usable.length === 0) return 'USE';
  if (!usable.some((one) => names(one, ask.institution))) return 'INSTITUTION';
  return 'PURPOSE';
}

const names = (one: SignedAuthorisation, institution: string): boolean =>
  one.institutions === null || one.institutions.includes(institution);

const covers = (one: SignedAuthorisation, { institution, purpose }: ConsentAsk): boolean =>
  one.limbs.includes('USE') && names(one, institution) && one.purposes.includes(purpose);

/** The latest signature speaks, so that the log names the authorisation that the enterprise remembers. */
const newestFirst = (a: SignedAuthorisation, b: SignedAuthorisation): number =>
  b.signedAt.getTime() - a.signedAt.getTime() || (a.id < b.id ? 1 : -1);
