import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

import type { Role, Viewer } from './viewer.js';

/** Who may call a route: everybody, whoever is signed in, or the holders of one of these roles. */
export type Access = 'public' | 'signed-in' | readonly Role[];

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** The route also serves people whose first password is still to be changed. */
    beforePasswordChange?: boolean;
  }
  interface FastifyRequest {
    viewer?: Viewer;
  }
}

/** Open to everybody. */
export const Public = () => RouteConfig({ access: 'public' satisfies Access });

/** Open to whoever is signed in. `beforePasswordChange` also while the first password is still to be changed. */
export const SignedIn = (options: { beforePasswordChange?: boolean } = {}) =>
  RouteConfig({ access: 'signed-in' satisfies Access, ...options });

/** Open to the holders of one of these roles. A route that says nothing does not boot. */
export const Allow = (...roles: [Role, ...Role[]]) => RouteConfig({ access: roles satisfies Access });

/** The signed-in person; undefined on public routes when nobody is. */
export const CurrentViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): Viewer | undefined =>
    context.switchToHttp().getRequest<FastifyRequest>().viewer,
);
