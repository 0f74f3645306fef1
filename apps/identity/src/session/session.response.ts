import { MeResponse } from '../person/person.response.js';

/** A session that was just started or refreshed. */
export class SessionResponse {
  /** For the header `Authorization: Bearer`; the portal uses the cookie that comes with this answer. */
  accessToken: string;
  expiresAt: string;
  person: MeResponse;
  /** Only for programs: a browser gets it as a cookie that scripts cannot read. */
  refreshToken?: string;
}
