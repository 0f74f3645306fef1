import { useQuery } from '@tanstack/react-query';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/marketplace.js';
import type { Load } from '../parts/cursor-table.part.js';
import { caseTouched as touched } from './case.query.js';

type Schemas = components['schemas'];
export type Progress = Schemas['ProgressResponse'];
export type Attachment = Schemas['AttachmentResponse'];
export type Visit = Progress['visits'][number];
export type Pause = Schemas['PauseCaseRequest'];
export type Transfer = Schemas['TransferCaseRequest'];
export type Complaint = Schemas['ComplaintResponse'];
export type OfferWithdrawal = Schemas['WithdrawOfferRequest'];

export function useProgress(id: string) {
  return useQuery({
    queryKey: ['progress', id],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/grabs/{id}/progress', { params: { path: { id } } })),
  });
}

export function useTeam() {
  return useQuery({ queryKey: ['team'], queryFn: () => take(api.marketplace.GET('/api/marketplace/grabs/team')) });
}

export function useAttach(id: string) {
  return useCommand({
    changes: ['progress'],
    send: (body: Schemas['AddAttachmentRequest'], key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/attachments', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export const readAttachment = (id: string, attachmentId: string) =>
  take(
    api.marketplace.GET('/api/marketplace/grabs/{id}/attachments/{attachmentId}', {
      params: { path: { id, attachmentId } },
    }),
  );

export function usePlanVisit(id: string) {
  return useCommand({
    changes: touched,
    send: (body: Schemas['PlanVisitRequest'], key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/visits', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useReportVisit(id: string, visitId: string) {
  return useCommand({
    changes: touched,
    send: (body: Schemas['ReportVisitRequest'], key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/visits/{visitId}/report', {
          params: { path: { id, visitId } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useCancelVisit(id: string, visitId: string) {
  return useCommand({
    changes: touched,
    send: (reason: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/visits/{visitId}/cancellation', {
          params: { path: { id, visitId } },
          body: { reason },
          headers: withKey(key),
        }),
      ),
  });
}

export function usePause(id: string) {
  return useCommand({
    changes: touched,
    send: (body: Pause, key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/pause', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useResume(id: string) {
  return useCommand({
    changes: touched,
    send: (_: null, key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/resumption', {
          params: { path: { id } },
          headers: withKey(key),
        }),
      ),
  });
}

export function useTransfer(id: string) {
  return useCommand({
    changes: touched,
    send: (body: Transfer, key) =>
      take(
        api.marketplace.POST('/api/marketplace/grabs/{id}/transfer', {
          params: { path: { id } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useWithdrawOffer(offerId: string) {
  return useCommand({
    changes: touched,
    send: (body: OfferWithdrawal, key) =>
      take(
        api.marketplace.POST('/api/marketplace/offers/{id}/withdrawal', {
          params: { path: { id: offerId } },
          body,
          headers: withKey(key),
        }),
      ),
  });
}

export function useSchedule(offerId: string) {
  return useQuery({
    queryKey: ['schedule', offerId],
    queryFn: () =>
      take(api.marketplace.GET('/api/marketplace/offers/{id}/schedule', { params: { path: { id: offerId } } })),
  });
}

/** The newest quotes; the service reckons by the one of the day of the offer. */
export function useLpr() {
  return useQuery({
    queryKey: ['lpr'],
    queryFn: () => take(api.marketplace.GET('/api/marketplace/lpr', { params: { query: { limit: 20 } } })),
    staleTime: 300_000,
  });
}

export const loadComplaints: Load<Complaint> = (page) =>
  take(api.marketplace.GET('/api/marketplace/complaints', { params: { query: page } }));

export function useAnswerComplaint(id: string) {
  return useCommand({
    changes: ['complaints'],
    send: (answer: string, key) =>
      take(
        api.marketplace.POST('/api/marketplace/complaints/{id}/answer', {
          params: { path: { id } },
          body: { answer },
          headers: withKey(key),
        }),
      ),
  });
}
