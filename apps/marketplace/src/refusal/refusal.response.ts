/** How often grabs of a bank were refused for one reason within one minute. */
export class RefusalResponse {
  minute: string;
  institution: string;
  /** Without the prefix of the service. */
  code: string;
  refusals: number;
}

export class RefusalPage {
  items: RefusalResponse[];
  nextCursor: string | null;
}

export interface RefusalRow {
  minute: Date;
  institution: string;
  code: string;
  refusals: number;
}

export const toRefusalResponse = (row: RefusalRow): RefusalResponse => ({
  minute: row.minute.toISOString(),
  institution: row.institution,
  code: row.code,
  refusals: row.refusals,
});
