/** An `application/problem+json` answer (RFC 9457), or what stands in for one when a proxy answered instead. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly errors: readonly { pointer: string; detail: string }[];
  /** Names this request in the logs of every service: what a person reads out on the telephone. */
  readonly correlationId: string | null;
}

/** The service said no. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
  }
}

/** Nobody knows whether the service did it: the line broke before an answer came. */
export class AnswerLost extends Error {
  constructor(cause: unknown) {
    super('no answer came from the service', { cause });
    this.name = 'AnswerLost';
  }
}

export async function problemOf(response: Response): Promise<ProblemError> {
  const body = await readJson(response);
  const detail = text(body['detail']) ?? text(body['title']) ?? response.statusText;
  return new ProblemError({
    status: response.status,
    title: text(body['title']) ?? response.statusText,
    detail: detail || `HTTP ${response.status}`,
    code: text(body['code']) ?? `HTTP.${response.status}`,
    errors: Array.isArray(body['errors']) ? body['errors'] : [],
    correlationId: response.headers.get('x-request-id'),
  });
}

async function readJson(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {}; // a proxy's error page: the status has to do
  }
}

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

/** The thing that was to be changed is no longer there, or no longer in a state to be changed. */
export const isGone = (error: unknown): boolean =>
  error instanceof ProblemError && [404, 409, 410].includes(error.problem.status);
