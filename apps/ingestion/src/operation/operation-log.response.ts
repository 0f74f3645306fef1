import { ApiProperty } from '@nestjs/swagger';

/** One act upon the flow: who, when, why. */
export class OperationActResponse {
  id: string;
  at: string;
  /** null: the service itself, ending what people had begun. */
  personId: string | null;
  act: string;
  feeds: string[];
  /** Of a pause or its end. */
  scope: string | null;
  name: string | null;
  runId: string | null;
  batchId: string | null;
  reason: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  detail: Record<string, unknown>;
}

export class OperationLogPage {
  items: OperationActResponse[];
  nextCursor: string | null;
}

export interface OperationActRow {
  id: string;
  at: Date;
  person_id: string | null;
  act: string;
  feeds: string[];
  scope: string | null;
  name: string | null;
  run_id: string | null;
  batch_id: string | null;
  reason: string;
  detail: Record<string, unknown>;
}

export const toOperationActResponse = (row: OperationActRow): OperationActResponse => ({
  id: row.id,
  at: row.at.toISOString(),
  personId: row.person_id,
  act: row.act,
  feeds: row.feeds,
  scope: row.scope,
  name: row.name,
  runId: row.run_id,
  batchId: row.batch_id,
  reason: row.reason,
  detail: row.detail,
});
