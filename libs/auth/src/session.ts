import type { DataSource, EntityManager } from 'typeorm';

import { NotSignedIn } from './auth.error.js';
import type { Viewer } from './viewer.js';

/** Architecture rule 12: what a session may do is known with a delay of at most one second. */
const freshMs = 1_000;
const sessionsMax = 20_000;

export interface Session {
  viewer: Viewer;
  mustChangePassword: boolean;
}

interface SessionRow {
  session_id: string;
  person_id: string;
  display_name: string;
  roles: Viewer['roles'];
  organisation_id: string;
  organisation_kind: Viewer['organisation']['kind'];
  organisation_code: string;
  organisation_name: string;
  organisation_status: Viewer['organisation']['status'];
  uscc: Viewer['organisation']['uscc'];
  memberships: Viewer['organisation']['memberships'];
  must_change_password: boolean;
}

/** Only sessions that are valid now are in the view: ended, expired or suspended ones are absent. */
const sessionSql = `
  select session_id, person_id, display_name, roles, organisation_id, organisation_kind, organisation_code,
         organisation_status, organisation_name, uscc, memberships, must_change_password
  from identity_api.session_v1 where session_id = $1`;

interface Look {
  at: number;
  session: Promise<Session>;
  /** What was read, once it has been. */
  read?: Session;
}

/** Reads sessions; requests of one second share one look. */
export class SessionReader {
  private readonly seen = new Map<string, Look>();

  constructor(private readonly db: DataSource) {}

  /** The session as it was read within the last second. */
  known(sessionId: string): Session | undefined {
    return this.fresh(sessionId)?.read;
  }

  /** @throws NotSignedIn when the session has ended */
  read(sessionId: string): Promise<Session> {
    const fresh = this.fresh(sessionId);
    if (fresh) return fresh.session;
    if (this.seen.size >= sessionsMax) this.seen.delete(this.seen.keys().next().value!);
    const look: Look = { at: Date.now(), session: liveSession(this.db.manager, sessionId) };
    this.seen.set(sessionId, look);
    look.session.then(
      (session) => (look.read = session),
      () => this.seen.delete(sessionId),
    );
    return look.session;
  }

  private fresh(sessionId: string): Look | undefined {
    const look = this.seen.get(sessionId);
    return look && Date.now() - look.at < freshMs ? look : undefined;
  }
}

/** The session as it is now, for acts that may not rest on a second-old look (consent-bound reads). */
export async function liveSession(db: EntityManager, sessionId: string): Promise<Session> {
  const [row]: SessionRow[] = await db.query(sessionSql, [sessionId]);
  if (!row) throw new NotSignedIn('the session has ended: sign in again');
  return { viewer: viewerOf(row), mustChangePassword: row.must_change_password };
}

const viewerOf = (row: SessionRow): Viewer => ({
  sessionId: row.session_id,
  personId: row.person_id,
  displayName: row.display_name,
  roles: row.roles,
  organisation: {
    id: row.organisation_id,
    kind: row.organisation_kind,
    code: row.organisation_code,
    status: row.organisation_status,
    name: row.organisation_name,
    uscc: row.uscc,
    memberships: row.memberships,
  },
});
