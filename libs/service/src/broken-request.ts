import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

import { HttpException } from '@nestjs/common';

import { problemOf } from './problem.js';

/** What Node's parser says of bytes that never became a request; anything else is plainly malformed. */
const statusOf: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Answers a problem to bytes that are no HTTP request, and hangs up: what would follow cannot be told apart. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = statusOf[error.code ?? ''] ?? 400;
  const problem = problemOf(new HttpException(detailOf(status), status));
  const body = JSON.stringify({ ...problem, instance: 'about:blank' });
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  socket.destroy(error);
}

function detailOf(status: number): string {
  if (status === 431) return 'the header or the address of the request is larger than 16 kB';
  if (status === 408) return 'the request did not arrive in time';
  return 'these bytes are no HTTP request';
}
