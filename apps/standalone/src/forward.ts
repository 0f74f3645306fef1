import { Agent, type ClientRequest, type IncomingMessage, request as ask, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

import { problemOf } from '@app/service';
import { ServiceUnavailableException } from '@nestjs/common';

import type { Copy, Upstreams } from './upstreams.js';

/** Shorter than services keep an idle connection, so that nothing is written to one that is just being closed. */
const agent = new Agent({ keepAlive: true, timeout: 60_000, maxSockets: 512 });

/** These belong to one connection and not to the message (RFC 9110, 7.6.1). */
const ofConnection = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Hands a request to a copy of its service. Another copy is tried while nothing of the body has been sent. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  service: string,
  upstreams: Upstreams,
): void {
  const [first, ...others] = upstreams.inTurn(service);
  attempt(first!, others);

  function attempt(copy: Copy, left: Copy[]): void {
    const out = ask(copy.address, {
      agent,
      method: request.method,
      path: request.url,
      headers: headersOf(request),
      setHost: false,
    });
    const sent = sendWhenConnected(request, out);
    out.on('response', (answer) => {
      response.writeHead(answer.statusCode!, withoutConnection(answer.headers));
      pipeline(answer, response, () => undefined);
    });
    out.on('error', () => {
      if (response.destroyed) return;
      const [next, ...rest] = left;
      if (!sent.begun) upstreams.lost(copy);
      if (next && mayRepeat(request, sent.begun)) return attempt(next, rest);
      refuse(request, response, service);
    });
    response.once('close', () => {
      if (!response.writableFinished) out.destroy();
    });
  }
}

/** A copy whose network is cut says nothing at all; another one is asked before the caller loses patience. */
const connectMs = 2_000;

/** The body is not touched before somebody is there to take it. */
function sendWhenConnected(request: IncomingMessage, out: ClientRequest): { begun: boolean } {
  const sent = { begun: false };
  const begin = (): void => {
    sent.begun = true;
    request.pipe(out);
  };
  out.on('socket', (socket) => {
    if (!socket.connecting) return begin();
    const late = setTimeout(() => out.destroy(new Error('nobody answers there')), connectMs);
    socket
      .once('close', () => clearTimeout(late))
      .once('connect', () => {
        clearTimeout(late);
        begin();
      });
  });
  return sent;
}

/** A look may be repeated at any time; a command only by its sender, who has its Idempotency-Key. */
const mayRepeat = ({ method }: IncomingMessage, begun: boolean): boolean =>
  !begun || method === 'GET' || method === 'HEAD';

function refuse(request: IncomingMessage, response: ServerResponse, service: string): void {
  if (response.headersSent) return void response.destroy();
  const problem = problemOf(
    new ServiceUnavailableException(
      `${service} does not answer right now. Send the same request, with its key, again.`,
    ),
  );
  const body = JSON.stringify({ ...problem, code: 'UNAVAILABLE', instance: request.url });
  response.writeHead(503, { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '1' }).end(body);
}

/** What the caller wrote of proxies is dropped: services believe us, and we believe the socket only. */
function headersOf(request: IncomingMessage): NodeJS.Dict<string | string[]> {
  const headers = Object.entries(withoutConnection(request.headers)).filter(
    ([name]) => !name.startsWith('x-forwarded-'),
  );
  return {
    ...Object.fromEntries(headers),
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    'x-forwarded-host': request.headers.host ?? '',
    'x-forwarded-proto': 'http',
  };
}

const withoutConnection = (headers: NodeJS.Dict<string | string[]>): NodeJS.Dict<string | string[]> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.has(name)));
