import { fen, type InputFault, InvalidInput } from '@app/kernel';
import { Injectable } from '@nestjs/common';

import { type AdmissionRule, readAdmission } from '../admission/admission.rules.js';
import { repayments } from '../need/need.rules.js';
import { feeFaults, outsideFrame, type ProductTerms, type ProgrammeTerms, turnedRanges } from './terms.rules.js';
import type { Frame } from './terms.rules.js';
import type { TermsRequest, WriteProductRequest } from './write-product.request.js';

/** A programme as a subscriber meets it. */
export interface Subscribed {
  programme: ProgrammeTerms;
  frame: Frame;
}

/** Reads what somebody wrote into terms that may become a version. */
@Injectable()
export class TermsReader {
  /** @throws InvalidInput with every fault, pointers into the request */
  product(request: WriteProductRequest, subscribed: Subscribed | null): ProductTerms {
    const terms: ProductTerms = {
      ...rangesOf(request),
      name: request.name.trim(),
      description: request.description?.trim() ?? '',
      family: request.family ?? 'GENERAL',
      repayment: request.repayment ?? repayments,
      fees: (request.fees ?? []).map(({ kind, ofAmountBp, amountFen }) => ({
        kind,
        ofAmountBp: ofAmountBp ?? null,
        amountFen: amountFen ?? null,
      })),
      admission: null,
      programme: subscribed?.programme ?? null,
    };
    const read = admissionOf(request);
    const faults = [
      ...turnedRanges(terms),
      ...feeFaults(terms.fees),
      ...(subscribed ? outsideFrame(terms, subscribed.frame) : []),
      ...read.faults,
    ];
    if (faults.length > 0) throw new InvalidInput(faults);
    return { ...terms, admission: read.rule };
  }

  /** The same for the ranges and the rule of a programme. */
  frame(request: TermsRequest): Frame & { admission: AdmissionRule | null } {
    const frame = rangesOf(request);
    const read = admissionOf(request);
    const faults = [...turnedRanges(frame), ...read.faults];
    if (faults.length > 0) throw new InvalidInput(faults);
    return { ...frame, admission: read.rule };
  }
}

function rangesOf(request: TermsRequest): Frame {
  const { termMonthsMin, termMonthsMax, annualRateBpMin, annualRateBpMax, security } = request;
  return {
    amountMinFen: String(fen(request.amountMinFen)),
    amountMaxFen: String(fen(request.amountMaxFen)),
    termMonthsMin,
    termMonthsMax,
    annualRateBpMin,
    annualRateBpMax,
    security,
  };
}

function admissionOf({ admission }: TermsRequest): { rule: AdmissionRule | null; faults: readonly InputFault[] } {
  if (admission === undefined || admission === null) return { rule: null, faults: [] };
  const read = readAdmission(admission, '/admission');
  return 'rule' in read ? { rule: read.rule, faults: [] } : { rule: null, faults: read.faults };
}
