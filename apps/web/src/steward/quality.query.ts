import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/ingestion.js';
import type { Load } from '../parts/cursor-table.part.js';

type Schemas = components['schemas'];
export type FeedQuality = Schemas['FeedQualityResponse'];
export type SourceQuality = Schemas['SourceQualityResponse'];
export type Finding = Schemas['FindingResponse'];
export type Letter = Schemas['LetterResponse'];

export const findingKinds: readonly ('UNIQUE' | 'ORDER' | 'RANGE' | 'JUMP' | 'AGREES')[] = [
  'UNIQUE',
  'ORDER',
  'RANGE',
  'JUMP',
  'AGREES',
];

export const loadFeedQuality: Load<FeedQuality> = (page) =>
  take(api.ingestion.GET('/api/ingestion/quality/feeds', { params: { query: page } }));

export const loadSourceQuality: Load<SourceQuality> = (page) =>
  take(api.ingestion.GET('/api/ingestion/quality/sources', { params: { query: page } }));

export const loadFindings =
  (filter: { feed: string | undefined; kind: (typeof findingKinds)[number] | undefined }): Load<Finding> =>
  (page) =>
    take(api.ingestion.GET('/api/ingestion/quality/findings', { params: { query: { ...page, ...filter } } }));

export const loadLetters: Load<Letter> = (page) =>
  take(api.ingestion.GET('/api/ingestion/quality/letters', { params: { query: page } }));

/** Written once for a month; what is issued never changes. */
export const useLetter = () =>
  useCommand({
    changes: ['quality'],
    send: (body: Schemas['IssueLetterRequest'], key) =>
      take(api.ingestion.POST('/api/ingestion/quality/letters', { body, headers: withKey(key) })),
  });
