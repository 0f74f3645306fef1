/** What one service, or one copy of it, says of itself. */
export interface Condition {
  service: string;
  ready: boolean;
  /** Why not, in words. */
  detail?: string;
}

export interface Readiness {
  status: 'ok' | 'starting' | 'unavailable';
  /** What is wrong, service by service; empty when all is well. */
  faults: string[];
}

export const starting: Readiness = { status: 'starting', faults: ['the process has not finished starting'] };

/** A service is there as long as one of its copies is. */
export function readinessOf(conditions: readonly Condition[]): Readiness {
  const served = new Set(conditions.filter(({ ready }) => ready).map(({ service }) => service));
  const faults = conditions
    .filter(({ service }) => !served.has(service))
    .map(({ service, detail }) => `${service}: ${detail ?? 'does not answer'}`);
  return { status: faults.length === 0 ? 'ok' : 'unavailable', faults: [...new Set(faults)] };
}

/** Reads the answer of a service's own `/health/ready`. */
export function conditionOf(service: string, status: number, body: string): Condition {
  if (status === 200) return { service, ready: true };
  try {
    const { detail } = JSON.parse(body) as { detail?: string };
    return { service, ready: false, detail: detail ?? `answers ${status}` };
  } catch {
    return { service, ready: false, detail: `answers ${status}` };
  }
}
