import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';

import { SignIn } from './sign-in.service.js';

/** Passport keeps its strategies in one table per process: the name is this service's own. */
export const signInStrategy = 'identity-password';

@Injectable()
export class SignInStrategy extends PassportStrategy(Strategy, signInStrategy) {
  constructor(private readonly signIn: SignIn) {
    super({ usernameField: 'login', passwordField: 'password', passReqToCallback: true });
  }

  /** Becomes `request.user`: the id of the person. */
  validate(request: FastifyRequest, login: string, password: string): Promise<string> {
    return this.signIn.check({ login, password, address: request.ip });
  }
}
