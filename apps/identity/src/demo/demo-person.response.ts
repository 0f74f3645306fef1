import type { Role } from '@app/auth';

/** A person of the demo city whom a visitor may sign in as; the password is told at start, never here. */
export class DemoPersonResponse {
  login: string;
  name: string;
  /** Name of the organisation. */
  organisation: string;
  role: Role;
  /** What to try as this person. */
  tryThis: string;
}
