import { portalOrigins } from '@app/config';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { DataSource } from 'typeorm';

import { ForeignOrigin, NotSignedIn, PasswordChangeDue, WrongRole } from './auth.error.js';
import { type Session, SessionReader } from './session.js';
import { TokenVerifier } from './token.js';
import { hasRole } from './viewer.js';

export const accessCookie = 'access';
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What the gate does at a request; nothing to wait for when token and session were looked at a moment ago. */
type Gate = (request: FastifyRequest) => Promise<void> | undefined;

/** For Fastify's onRequest hook: decides who is asking, and whether they may, before a body is read. */
export function accessGate(db: DataSource): Gate {
  const tokens = new TokenVerifier(db);
  const sessions = new SessionReader(db);
  return (request) => {
    const { config } = request.routeOptions;
    if (config.access === undefined || config.access === 'public') return undefined;
    const token = tokenOf(request);
    const known = tokens.known(token);
    const session = known && sessions.known(known.sessionId);
    if (session) return admit(request, config, session);
    return tokens
      .verify(token)
      .then(({ sessionId }) => sessions.read(sessionId))
      .then((read) => admit(request, config, read));
  };
}

function admit(
  request: FastifyRequest,
  config: FastifyContextConfig,
  { viewer, mustChangePassword }: Session,
): undefined {
  if (mustChangePassword && !config.beforePasswordChange) throw new PasswordChangeDue();
  const { access } = config;
  if (typeof access === 'object' && !hasRole(viewer, ...access)) throw new WrongRole(access);
  request.viewer = viewer;
}

/** A bearer token acts from anywhere; the cookie only from our own pages, as browsers send it by themselves. */
function tokenOf(request: FastifyRequest): string {
  const [, bearer] = request.headers.authorization?.match(/^bearer ([^ ]+)/i) ?? [];
  if (bearer) return bearer;
  const cookie = request.cookies[accessCookie];
  if (!cookie) throw new NotSignedIn();
  if (!safeMethods.has(request.method) && !isOurOrigin(request)) throw new ForeignOrigin();
  return cookie;
}

/** Whether the Origin header names the address that the request itself came to, or one from PORTAL_ORIGINS. */
export function isOurOrigin(request: FastifyRequest): boolean {
  const { origin } = request.headers;
  if (!origin || !URL.canParse(origin)) return false;
  return new URL(origin).host === request.host || portalOrigins().includes(origin);
}
