import { portalOrigins } from '@app/config';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DataSource } from 'typeorm';

import { ForeignOrigin, NotSignedIn, PasswordChangeDue, WrongRole } from './auth.error.js';
import { SessionReader } from './session.js';
import { TokenVerifier } from './token.js';
import { hasRole } from './viewer.js';

export const accessCookie = 'access';
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Fastify's onRequest hook: decides who is asking, and whether they may, before a body is read. */
export function accessGate(db: DataSource): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const tokens = new TokenVerifier(db);
  const sessions = new SessionReader(db);
  return async (request) => {
    const { access, beforePasswordChange } = request.routeOptions.config;
    if (access === undefined || access === 'public') return;
    const { sessionId } = await tokens.verify(tokenOf(request));
    const { viewer, mustChangePassword } = await sessions.read(sessionId);
    if (mustChangePassword && !beforePasswordChange) throw new PasswordChangeDue();
    if (access !== 'signed-in' && !hasRole(viewer, ...access)) throw new WrongRole(access);
    request.viewer = viewer;
  };
}

/** A bearer token acts from anywhere; the cookie only from our own pages, as browsers send it by themselves. */
function tokenOf(request: FastifyRequest): string {
  const [scheme, bearer] = request.headers.authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() === 'bearer' && bearer) return bearer;
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
