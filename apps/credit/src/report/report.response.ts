import { ApiProperty } from '@nestjs/swagger';

import type { ReportBody } from './report.rules.js';

export class ReportFieldResponse {
  code: string;
  label: string;
  /** fen: a string of whole fen; day: YYYY-MM-DD; account and own: masked. */
  kind: string;
  @ApiProperty({
    nullable: true,
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'array', items: { type: 'string' } }],
  })
  value: string | number | string[] | null;
}

export class ReportItemResponse {
  feed: string;
  source: string;
  recordKey: string;
  version: number;
  eventDate: string;
  /** POSITIVE, NEGATIVE or neither. */
  @ApiProperty({ type: String, nullable: true, enum: ['POSITIVE', 'NEGATIVE'] })
  tendency: string | null;
  fields: ReportFieldResponse[];
}

export class ReportSectionResponse {
  code: string;
  title: string;
  items: ReportItemResponse[];
}

export class ReportCoverResponse {
  /** The query's id. */
  number: string;
  uscc: string;
  name: string | null;
  institution: string;
  purpose: string;
  authorisationId: string;
  at: string;
  notes: string[];
}

export class ReportOverviewResponse {
  records: number;
  positive: number;
  negative: number;
  /** null: no score is given in this version, and none is made up. */
  @ApiProperty({ type: Number, nullable: true })
  score: number | null;
}

export class ReportSourceResponse {
  feed: string;
  title: string;
  /** Code of the department or utility. */
  source: string;
  sourceName: string;
  basis: string;
  /** Records held; a report shows the newest of each feed. */
  records: number;
  latestEventDate: string;
  latestReportDate: string;
}

export class ReportResponse {
  cover: ReportCoverResponse;
  overview: ReportOverviewResponse;
  sections: ReportSectionResponse[];
  sources: ReportSourceResponse[];
}

export interface ReportCover {
  queryId: string;
  uscc: string;
  institution: string;
  purpose: string;
  authorisationId: string;
  at: Date;
}

/** Terms that a reader needs, and what a report is not (征信业管理条例 art. 23). */
const notes = [
  '本报告由数源单位报送的记录生成，仅供参考，不构成对企业信用状况的保证。',
  '仅限被授权机构用于所列查询目的，不得转给他人。',
  '“正面”“负面”按记录类型归类，不是评分；本版报告不含信用评分。',
  '“***”表示按规定遮蔽的内容。',
];

export function toReportResponse(cover: ReportCover, body: ReportBody): ReportResponse {
  return {
    cover: {
      number: cover.queryId,
      uscc: cover.uscc,
      name: nameIn(body),
      institution: cover.institution,
      purpose: cover.purpose,
      authorisationId: cover.authorisationId,
      at: cover.at.toISOString(),
      notes,
    },
    overview: { ...body.overview, score: null },
    sections: body.sections,
    sources: body.sources,
  };
}

function nameIn(body: ReportBody): string | null {
  const registry = body.sections.flatMap(({ items }) => items).find(({ feed }) => feed === 'registry.enterprise');
  const name = registry?.fields.find(({ code }) => code === 'name')?.value;
  return typeof name === 'string' ? name : null;
}
