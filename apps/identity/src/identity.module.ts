import { demo } from '@app/config';
import { MessagingModule } from '@app/messaging';
import { DeadLetterController, ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';

import { Attempts } from './attempt/attempt.service.js';
import { database } from './data-source.js';
import { DemoPersonController } from './demo/demo-person.controller.js';
import { Seeding } from './demo/seeding.service.js';
import { SigningKeyController } from './key/signing-key.controller.js';
import { SigningKeys } from './key/signing-key.service.js';
import { FirstOperator } from './operator/first-operator.service.js';
import { OrganisationController } from './organisation/organisation.controller.js';
import { Organisations } from './organisation/organisation.service.js';
import { OwnPassword } from './person/own-password.service.js';
import { Passwords } from './person/password.service.js';
import { PersonController } from './person/person.controller.js';
import { People } from './person/person.service.js';
import { Approvals } from './registration/approval.service.js';
import { IdentityProof, OperatorProof, RegistryMatchProof } from './registration/identity-proof.driver.js';
import { RegistrationController } from './registration/registration.controller.js';
import { Registrations } from './registration/registration.service.js';
import { SessionController } from './session/session.controller.js';
import { Sessions } from './session/session.service.js';
import { SignIn } from './session/sign-in.service.js';
import { SignInStrategy } from './session/sign-in.strategy.js';
import { Upkeep } from './session/upkeep.job.js';

/** For the host of the demo city, which takes module files only. */
export type { SeedPerson } from './demo/seed-person.request.js';
export { Seeding } from './demo/seeding.service.js';

@Module({
  imports: [ServiceModule.of(database), MessagingModule.forService({ service: 'identity' }), PassportModule],
  controllers: [
    DeadLetterController,
    DemoPersonController,
    OrganisationController,
    PersonController,
    RegistrationController,
    SessionController,
    SigningKeyController,
  ],
  providers: [
    Approvals,
    Attempts,
    FirstOperator,
    Organisations,
    OwnPassword,
    Passwords,
    People,
    Registrations,
    Seeding,
    Sessions,
    SignIn,
    SigningKeys,
    SignInStrategy,
    Upkeep,
    { provide: IdentityProof, useFactory: () => (demo() === 'city' ? new RegistryMatchProof() : new OperatorProof()) },
  ],
})
export class IdentityModule {}
