/** What went wrong in the words of the domain; one filter in libs/service maps it to an HTTP status. */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'too-large'
  | 'unsupported'
  | 'invalid'
  | 'throttled'
  | 'unavailable';

/** Where in the input (a JSON pointer, or a header or query name) and what to do about it. */
export interface InputFault {
  pointer: string;
  detail: string;
}

/** An expected failure with a stable code. Messages carry no personal data. */
export abstract class AppError extends Error {
  abstract readonly code: string;
  /** Faults of single fields, for `invalid`. */
  readonly errors?: InputFault[];
  /** Seconds after which it makes sense to try again, for `throttled` and `unavailable`. */
  readonly retryAfterSeconds?: number;

  constructor(
    readonly kind: ErrorKind,
    message: string,
  ) {
    super(message);
  }
}

/** Input that a rule refused, field by field. */
export class InvalidInput extends AppError {
  override readonly code: string = 'INVALID_INPUT';
  constructor(
    override readonly errors: InputFault[],
    message = 'Some fields are not valid; see errors.',
  ) {
    super('invalid', message);
  }
}

/** Nothing is there, or nothing that this viewer may know of. */
export class NotFound extends AppError {
  override readonly code: string = 'NOT_FOUND';
  constructor(what: string) {
    super('not-found', `there is no such ${what}, or it is not yours`);
  }
}

/** Signed in, but not allowed to. */
export class Forbidden extends AppError {
  override readonly code: string = 'FORBIDDEN';
  constructor(message = 'your role may not do this') {
    super('forbidden', message);
  }
}
