import { nonceHashOf } from '../draw/draw.rules.js';
import type { Grant, Sealed } from './grab.rules.js';

export class EnterpriseOfGrab {
  uscc: string;
  name: string;
}

export class ContactOfGrab {
  name: string;
  phone: string;
}

/** What a bank learns with its place: who it is, how to reach them, how much they need, and by when to call. */
export class PlacedGrabResponse {
  id: string;
  needId: string;
  status: 'ACTIVE';
  enterprise: EnterpriseOfGrab;
  contact: ContactOfGrab;
  /** The first contact is due by then. */
  contactBy: string;
  /** What the enterprise needs: whole fen. */
  amountFen: string;
  /** What this bank's place counts: what it intends, and no more than the need. Whole fen. */
  intendedFen: string;
  grabbedAt: string;
  /** The limits under which it was granted. */
  limitVersion: number;
}

export const toPlacedGrabResponse = ({ request, need, policy, contactBy }: Grant): PlacedGrabResponse => ({
  id: request.grabId,
  needId: request.needId,
  status: 'ACTIVE',
  enterprise: { uscc: need.uscc, name: need.enterpriseName },
  contact: { name: need.contactName, phone: need.contactPhone },
  contactBy: contactBy.toISOString(),
  amountFen: String(need.amountFen),
  intendedFen: String(request.intendedFen),
  grabbedAt: request.now.toISOString(),
  limitVersion: policy.version,
});

/** What a bank gets in a fair window: it takes part in the draw, and learns nothing else before it. */
export class SealedEntryResponse {
  /** Of the entry; the draw lists it under this id. */
  id: string;
  needId: string;
  status: 'SEALED';
  /** Whole fen. */
  intendedFen: string;
  enteredAt: string;
  /** Until then banks may enter; the draw follows. */
  sealedUntil: string;
  /** Hash of the platform's secret, published before anybody entered. */
  commitment: string;
  /** Hash of this request's Idempotency-Key: your share of the chance. */
  nonceHash: string;
  limitVersion: number;
}

export const toSealedEntryResponse = ({ request, need, policy }: Sealed): SealedEntryResponse => ({
  id: request.grabId,
  needId: request.needId,
  status: 'SEALED',
  intendedFen: String(request.intendedFen),
  enteredAt: request.now.toISOString(),
  sealedUntil: need.sealedUntil!.toISOString(),
  commitment: need.commitment ?? '',
  nonceHash: nonceHashOf(request.key),
  limitVersion: policy.version,
});
