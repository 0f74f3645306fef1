export { type Access, Allow, CurrentViewer, Public, SignedIn } from './access.js';
export { ForeignOrigin, IdentityNotProved, NotSignedIn, PasswordChangeDue, WrongRole } from './auth.error.js';
export { accessCookie, accessGate, isOurOrigin } from './gate.js';
export { liveSession, type Session, SessionReader } from './session.js';
export { tokenAlgorithm, tokenAudience, tokenIssuer, tokenMinutes } from './token.js';
export {
  hasMembership,
  hasRole,
  type Membership,
  memberships,
  type OrganisationKind,
  type Role,
  roles,
  type Viewer,
} from './viewer.js';
