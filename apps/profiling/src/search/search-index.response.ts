import type { SearchBuild, SearchLogEntry } from '@app/search';

/** One making of an index from its beginning. */
export class SearchBuildResponse {
  id: string;
  /** `documents` (in PostgreSQL, from the enterprises) or `elasticsearch` (from the documents). */
  target: string;
  layout: string;
  indexName: string | null;
  /** RUNNING, DONE or ABANDONED. */
  state: string;
  reason: string;
  by: string | null;
  documents: number;
  startedAt: string;
  endedAt: string | null;
}

export class SearchIndexResponse {
  documents: number;
  /** Changes that Elasticsearch has still to hear. */
  pending: number;
  builds: SearchBuildResponse[];
}

export class SearchRebuildResponse {
  builds: SearchBuildResponse[];
}

export class SearchLogResponse {
  id: string;
  at: string;
  /** BUILD_STARTED, BUILD_DONE, BUILD_ABANDONED, RECONCILED, ENGINE_AWAY, ENGINE_BACK. */
  act: string;
  by: string | null;
  engine: string;
  indexName: string | null;
  documents: number | null;
  differences: number | null;
  detail: string | null;
}

export class SearchLogPage {
  items: SearchLogResponse[];
  nextCursor: string | null;
}

export const toBuildResponse = (build: SearchBuild): SearchBuildResponse => ({
  id: build.id,
  target: build.target,
  layout: build.layout,
  indexName: build.indexName,
  state: build.state,
  reason: build.reason,
  by: build.by,
  documents: build.documents,
  startedAt: build.startedAt.toISOString(),
  endedAt: build.endedAt?.toISOString() ?? null,
});

export const toLogResponse = ({ at, ...entry }: SearchLogEntry): SearchLogResponse => ({
  id: entry.id,
  at: at.toISOString(),
  act: entry.act,
  by: entry.by,
  engine: entry.engine,
  indexName: entry.indexName,
  documents: entry.documents,
  differences: entry.differences,
  detail: entry.detail,
});
