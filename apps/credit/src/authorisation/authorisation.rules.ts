import { addDays, addMonths, type Day, day, type InputFault } from '@app/kernel';

export const authorisationStatuses = ['ACTIVE', 'FUTURE', 'EXPIRED', 'REVOKED'] as const;
type AuthorisationStatus = (typeof authorisationStatuses)[number];

/** How long an authorisation may run; bounds change by a new row with its own day. */
interface TermPolicy {
  inForceFrom: Day;
  monthsMax: number;
  /** Days by which it may begin in the past: papers and clocks differ, reads go by today anyway. */
  daysBackMax: number;
  daysAheadMax: number;
  source: string;
}

/** Published terms differ from one year to the end of the business licence; Suzhou's own was not found. */
const termPolicies: readonly TermPolicy[] = [
  { inForceFrom: day('2015-04-01'), monthsMax: 60, daysBackMax: 31, daysAheadMax: 366, source: '[design]' },
];

interface Term {
  validFrom: Day;
  validTo: Day;
}

/** Faults of the term of a new authorisation, none when it may be signed today. */
export function faultsOfTerm({ validFrom, validTo }: Term, today: Day): InputFault[] {
  const policy = termPolicies.findLast(({ inForceFrom }) => inForceFrom <= today) ?? termPolicies[0]!;
  const faults: (InputFault | false)[] = [
    validTo < validFrom && { pointer: '/validTo', detail: 'must not be before validFrom' },
    validTo < today && { pointer: '/validTo', detail: `must not be before today, ${today}` },
    validFrom < addDays(today, -policy.daysBackMax) && {
      pointer: '/validFrom',
      detail: `must not be more than ${policy.daysBackMax} days ago`,
    },
    validFrom > addDays(today, policy.daysAheadMax) && {
      pointer: '/validFrom',
      detail: `must not be more than ${policy.daysAheadMax} days ahead`,
    },
    validTo > latestEnd(validFrom, policy.monthsMax) && {
      pointer: '/validTo',
      detail: `must be within ${policy.monthsMax} months of validFrom`,
    },
  ];
  return faults.filter((fault): fault is InputFault => fault !== false);
}

/** Calendars of ours end in 2199: a beginning so far ahead is refused by its own bound. */
function latestEnd(validFrom: Day, months: number): Day {
  return validFrom > '2190-01-01' ? day('2199-12-31') : addMonths(validFrom, months);
}

/** Revoked says more than expired, and expired more than not yet. */
export function statusOf({ validFrom, validTo }: Term, revokedAt: Date | null, today: Day): AuthorisationStatus {
  if (revokedAt !== null) return 'REVOKED';
  if (validTo < today) return 'EXPIRED';
  return validFrom > today ? 'FUTURE' : 'ACTIVE';
}
