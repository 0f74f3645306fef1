import type { Receipt } from '@app/evidence';
import { ApiProperty } from '@nestjs/swagger';

import { ReceiptResponse } from '../receipt/receipt.response.js';
import { ReportResponse } from '../report/report.response.js';

export class QueryResponse {
  queryId: string;
  report: ReportResponse;
  receipt: ReceiptResponse;
}

export const toQueryResponse = (queryId: string, report: ReportResponse, receipt: Receipt): QueryResponse => ({
  queryId,
  report,
  receipt,
});

/** An attempt as the logs of the reading services and the names of identity tell it. */
export interface AttemptRow {
  id: string;
  at: Date;
  service: string;
  act: string;
  uscc: string;
  institution: string;
  institutionName: string | null;
  personName: string | null;
  purpose: string;
  authorisationId: string | null;
  refusal: string | null;
}

export class QueryAttemptInstitutionResponse {
  code: string;
  name: string | null;
}

/** One attempt to read about an enterprise, served or refused. */
export class QueryAttemptResponse {
  id: string;
  at: string;
  /** The service that was asked. */
  service: string;
  /** CREDIT_REPORT, PORTRAIT, … */
  act: string;
  uscc: string;
  institution: QueryAttemptInstitutionResponse;
  /** Name of the person, for colleagues only. */
  person: string | null;
  purpose: string;
  authorisationId: string | null;
  @ApiProperty({ enum: ['SERVED', 'REFUSED'] })
  outcome: string;
  /** Why it was refused. */
  code: string | null;
}

export class QueryAttemptPage {
  items: QueryAttemptResponse[];
  nextCursor: string | null;
}

/** The enterprise sees which institution asked; the name of the employee is shown in the institution only. */
export function toAttemptResponse(row: AttemptRow, viewerIsColleague: boolean): QueryAttemptResponse {
  return {
    id: row.id,
    at: row.at.toISOString(),
    service: row.service,
    act: row.act,
    uscc: row.uscc,
    institution: { code: row.institution, name: row.institutionName },
    person: viewerIsColleague ? row.personName : null,
    purpose: row.purpose,
    authorisationId: row.authorisationId,
    outcome: row.refusal === null ? 'SERVED' : 'REFUSED',
    code: row.refusal,
  };
}
