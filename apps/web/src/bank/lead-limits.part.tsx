import { AppliedLimits } from '../operator/applied-limits.part.js';
import { useLoad } from './case.query.js';

/** The limits of a lead for the own bank, with what of them is used already. */
export function LeadLimits({ needId }: { needId: string }) {
  const { data: load } = useLoad();
  const used: Readonly<Record<string, string>> = load
    ? {
        maxOpenGrabsPerInstitution: String(load.openOfInstitution),
        maxOpenGrabsPerManager: String(load.openOfManager),
      }
    : {};
  return <AppliedLimits needId={needId} used={used} />;
}
