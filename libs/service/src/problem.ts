import { STATUS_CODES } from 'node:http';

import { isDatabaseAway } from '@app/database';
import { AppError, type ErrorKind, type InputFault } from '@app/kernel';
import { HttpException } from '@nestjs/common';

const statusOf: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  unsupported: 415,
  invalid: 422,
  throttled: 429,
  unavailable: 503,
};

/** What clients are told of a failure (RFC 9457), with a stable code. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors?: InputFault[];
  retryAfterSeconds?: number;
}

/** The one place where a failure becomes an HTTP status. */
export function problemOf(error: unknown): Problem {
  const { status, code, ...rest } = describe(error);
  return {
    type: `urn:xinqiao:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    ...rest,
  };
}

/** Codes of refusals that come from the framework and not from a rule of ours. */
const statusCodes: Record<number, string> = {
  400: 'MALFORMED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  408: 'TIMED_OUT',
  413: 'TOO_LARGE',
  414: 'URI_TOO_LONG',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  431: 'HEADER_TOO_LARGE',
};

type Described = Omit<Problem, 'type' | 'title'>;

function describe(error: unknown): Described {
  if (error instanceof AppError) return describeOwn(error);
  if (error instanceof HttpException) return describeHttp(error);
  if (isClientError(error)) return describeClient(error);
  if (isDatabaseAway(error))
    return {
      status: 503,
      code: 'UNAVAILABLE',
      detail: 'The database does not answer right now; nothing was done. Try again.',
      retryAfterSeconds: 2,
    };
  return { status: 500, code: 'INTERNAL', detail: 'Something failed on our side; tell the operator the request id.' };
}

const describeOwn = (error: AppError): Described => ({
  status: statusOf[error.kind],
  code: error.code,
  detail: error.message,
  ...(error.errors && { errors: error.errors }),
  ...(error.retryAfterSeconds !== undefined && { retryAfterSeconds: error.retryAfterSeconds }),
});

function describeHttp(error: HttpException): Described {
  const status = error.getStatus();
  return { status, code: statusCodes[status] ?? `HTTP_${status}`, detail: error.message };
}

interface ClientError {
  statusCode: number;
  code: string;
  message: string;
}

/** Fastify's own refusals: broken JSON, unknown media type, too large a body, a body that ended early. */
const isClientError = (error: unknown): error is ClientError =>
  error instanceof Error && 'statusCode' in error && Number(error.statusCode) >= 400 && Number(error.statusCode) < 500;

const describeClient = (error: ClientError): Described => ({
  status: error.statusCode,
  code: statusCodes[error.statusCode] ?? `HTTP_${error.statusCode}`,
  detail: error.message,
});
