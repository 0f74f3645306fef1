import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';

import type { SignIn } from './sign-in.service.js';

/** Passport keeps its strategies in one table per process: the name is this service's own. */
export const signInStrategy = 'identity-password';

/** A request on its way through the guard, which says by which instance of this service it is checked. */
export interface SignInRequest extends FastifyRequest {
  signIn?: SignIn;
}

/** Holds nothing itself: of several instances in one process, passport would know the last one only. */
@Injectable()
export class SignInStrategy extends PassportStrategy(Strategy, signInStrategy) {
  constructor() {
    super({ usernameField: 'login', passwordField: 'password', passReqToCallback: true });
  }

  /** Becomes `request.user`: the id of the person. */
  validate(request: SignInRequest, login: string, password: string): Promise<string> {
    return request.signIn!.check({ login, password, address: request.ip });
  }
}
