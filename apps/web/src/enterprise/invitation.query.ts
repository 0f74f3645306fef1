import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type Invitation = Schemas['InvitationResponse'];
export type InvitationAnswer = Schemas['AnswerListingRequest'];
export type Complaint = Schemas['ComplaintResponse'];

export const loadInvitations: Load<Invitation> = (page) =>
  take(api.marketplace.GET('/api/marketplace/listing-entries', { params: { query: page } }));

export function useInvitationAnswer(id: string) {
  return useCommand({
    changes: ['invitations'],
    send: (body: InvitationAnswer, key) =>
      take(
        api.marketplace.POST('/api/marketplace/listing-entries/{id}/answer', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

/** The enterprise's own. */
export const loadComplaints: Load<Complaint> = (page) =>
  take(api.marketplace.GET('/api/marketplace/complaints', { params: { query: page } }));
