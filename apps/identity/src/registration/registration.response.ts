import type { RegistrationStatus } from './list-registrations.request.js';

/** An enterprise's application for an account; the legal representative is in none of them. */
export class RegistrationResponse {
  id: string;
  organisationId: string;
  uscc: string;
  /** Of the enterprise, as the registry has it. */
  name: string;
  login: string;
  /** PENDING until two operators have approved. */
  status: RegistrationStatus;
  /** How many operators have approved. */
  approvals: number;
  /** Why it was rejected. */
  reason: string | null;
  createdAt: string;
}

export class RegistrationPage {
  items: RegistrationResponse[];
  nextCursor: string | null;
}

export interface RegistrationRow {
  id: string;
  organisation_id: string;
  person_id: string;
  uscc: string;
  name: string;
  login: string;
  status: RegistrationStatus;
  approvals: number;
  reason: string | null;
  created_at: Date;
}

export const toRegistrationResponse = (row: RegistrationRow): RegistrationResponse => ({
  id: row.id,
  organisationId: row.organisation_id,
  uscc: row.uscc,
  name: row.name,
  login: row.login,
  status: row.status,
  approvals: row.approvals,
  reason: row.reason,
  createdAt: row.created_at.toISOString(),
});
