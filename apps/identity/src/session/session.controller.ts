import { accessCookie, CurrentViewer, ForeignOrigin, isOurOrigin, Public, SignedIn, type Viewer } from '@app/auth';
import { NotACommand } from '@app/service';
import { Body, Controller, Delete, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { CreateSessionRequest } from './create-session.request.js';
import { RefreshSessionRequest } from './refresh-session.request.js';
import { RefreshRefused } from './session.error.js';
import { SessionResponse } from './session.response.js';
import { type Opened, Sessions } from './session.service.js';
import { SignInGuard } from './sign-in.guard.js';

const refreshCookie = 'refresh';
const accessPath = '/api';
const refreshPath = '/api/identity';

/** 登录: sign in, stay signed in, sign out. */
@Controller('sessions')
export class SessionController {
  constructor(private readonly sessions: Sessions) {}

  @Public()
  @UseGuards(SignInGuard)
  @NotACommand('each sign-in is a session of its own')
  @Post()
  async signIn(
    @Body() _body: CreateSessionRequest,
    @Req() request: FastifyRequest & { user?: string },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    const opened = await this.sessions.start(request.user!);
    setCookies(request, reply, opened);
    return toSessionResponse(opened, !isBrowser(request));
  }

  @Public()
  @NotACommand('a refresh token works once; a repeat is a theft')
  @HttpCode(200)
  @Post('refresh')
  async refresh(
    @Body() body: RefreshSessionRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    const opened = await this.sessions.refresh(body?.refreshToken ?? tokenOfCookie(request));
    setCookies(request, reply, opened);
    return toSessionResponse(opened, body?.refreshToken !== undefined);
  }

  @SignedIn({ beforePasswordChange: true })
  @NotACommand('a session ends once; a repeat is refused by the door')
  @HttpCode(204)
  @Delete('current')
  async signOut(@CurrentViewer() viewer: Viewer, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(viewer.sessionId, viewer.personId);
    void reply.clearCookie(accessCookie, { path: accessPath }).clearCookie(refreshCookie, { path: refreshPath });
  }
}

/** Like any cookie of ours, it acts only from our own pages. */
function tokenOfCookie(request: FastifyRequest): string {
  const token = request.cookies[refreshCookie];
  if (!token) throw new RefreshRefused();
  if (!isOurOrigin(request)) throw new ForeignOrigin();
  return token;
}

function setCookies(request: FastifyRequest, reply: FastifyReply, opened: Opened): void {
  const always = { httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' } as const;
  void reply
    .setCookie(accessCookie, opened.accessToken, { ...always, path: accessPath, expires: opened.expiresAt })
    .setCookie(refreshCookie, opened.refreshToken, { ...always, path: refreshPath, expires: opened.refreshExpiresAt });
}

/** Browsers name their origin on every POST; the refresh token then stays out of the reach of scripts. */
const isBrowser = ({ headers }: FastifyRequest): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

const toSessionResponse = (opened: Opened, withRefreshToken: boolean): SessionResponse => ({
  accessToken: opened.accessToken,
  expiresAt: opened.expiresAt.toISOString(),
  person: opened.person,
  ...(withRefreshToken && { refreshToken: opened.refreshToken }),
});
