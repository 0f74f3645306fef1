import { type InputFault, InvalidInput } from '@app/kernel';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';

import { CreateSessionRequest } from './create-session.request.js';
import { WrongCredentials } from './session.error.js';
import { SignIn } from './sign-in.service.js';
import { type SignInRequest, signInStrategy } from './sign-in.strategy.js';

/** Runs passport-local. Guards come before pipes, and passport would also read the query: so the body is checked here. */
@Injectable()
export class SignInGuard extends AuthGuard(signInStrategy) {
  constructor(private readonly signIn: SignIn) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignInRequest>();
    const faults = await faultsOf(request.body);
    if (faults.length > 0) throw new InvalidInput(faults);
    request.signIn = this.signIn;
    return (await super.canActivate(context)) as boolean;
  }

  override handleRequest<T>(error: unknown, user: T): T {
    if (error) throw error;
    if (!user) throw new WrongCredentials();
    return user;
  }
}

async function faultsOf(body: unknown): Promise<InputFault[]> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return [{ pointer: '', detail: 'must be an object with login and password' }];
  const errors = await validate(plainToInstance(CreateSessionRequest, body), {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
  });
  return errors.flatMap(({ property, constraints }) =>
    Object.values(constraints ?? {}).map((detail) => ({ pointer: `/${property}`, detail })),
  );
}
