import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { api, take } from '../client/api.query.js';
import { useMe } from '../client/session.query.js';
import { type FileFacts, type KeptUpload, markOf } from './kept-upload.rules.js';
import type { Standing } from './pieces.query.js';

export interface Delivery {
  readonly feed: string;
  readonly reference: string;
  readonly charset: string;
}

/** Forms that say by themselves how their letters are written; the others are CSV. */
const types: readonly [RegExp, string][] = [
  [/\.(ndjson|jsonl)$/i, 'application/x-ndjson'],
  [/\.xlsx$/i, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [/\.xml$/i, 'application/xml'],
  [/\.zip$/i, 'application/zip'],
];

const typeOf = (name: string, charset: string): string =>
  types.find(([form]) => form.test(name))?.[1] ?? `text/csv; charset=${charset}`;

/** Announces a file: the same announcement again finds the same upload, so that a lost answer does no harm. */
export const announce = (file: File, { feed, reference, charset }: Delivery) =>
  take(
    api.ingestion.POST('/api/ingestion/feeds/{feed}/uploads', {
      params: { path: { feed }, header: { 'Batch-Reference': reference } },
      body: { bytes: file.size, contentType: typeOf(file.name, charset) },
    }),
  );

export const askFor = (id: string): Promise<Standing> =>
  take(api.ingestion.GET('/api/ingestion/uploads/{id}', { params: { path: { id } } }));

export const abandon = (id: string) =>
  api.ingestion.DELETE('/api/ingestion/uploads/{id}', { params: { path: { id } } });

export const sendPiece = (id: string, offset: number, piece: Blob, signal: AbortSignal): Promise<Standing> =>
  take(
    api.ingestion.PATCH('/api/ingestion/uploads/{id}', {
      params: { path: { id }, header: { 'Upload-Offset': String(offset) } },
      headers: { 'content-type': 'application/offset+octet-stream' },
      body: piece as unknown as string,
      bodySerializer: () => piece,
      signal,
    }),
  );

/** Where a remembered upload stands; the service gives up what nothing came for in a day. */
export const useStanding = (id: string) =>
  useQuery({ queryKey: ['upload', id], queryFn: () => askFor(id), retry: false, staleTime: 0 });

const endBytes = 65_536;

/** What tells a file from another one without reading all of it. */
export async function factsOf(file: File): Promise<FileFacts> {
  const ends = new Blob([file.slice(0, endBytes), file.slice(Math.max(0, file.size - endBytes))]);
  const mark = markOf(new Uint8Array(await ends.arrayBuffer()));
  return { bytes: file.size, lastModified: file.lastModified, mark };
}

/** Uploads that this person began on this computer and that are no delivery yet. */
export function useKeptUploads() {
  const { data: me } = useMe();
  const name = `xinqiao.uploads.${me?.id ?? ''}`;
  const [kept, setKept] = useState<readonly KeptUpload[]>(() => read(name));
  const write = (change: (before: readonly KeptUpload[]) => readonly KeptUpload[]) => {
    const next = change(read(name));
    localStorage.setItem(name, JSON.stringify(next));
    setKept(next);
  };
  return {
    kept,
    keep: (upload: KeptUpload) => write((before) => [...before.filter(({ id }) => id !== upload.id), upload]),
    forget: (gone: string) => write((before) => before.filter(({ id }) => id !== gone)),
  };
}

function read(name: string): readonly KeptUpload[] {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '[]') as KeptUpload[];
  } catch {
    return []; // something else wrote there
  }
}
