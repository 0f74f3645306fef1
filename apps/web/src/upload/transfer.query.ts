import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { isGone } from '../client/problem.error.js';
import { isSameFile, type KeptUpload } from './kept-upload.rules.js';
import { sendInPieces } from './pieces.query.js';
import { abandon, announce, askFor, factsOf, sendPiece, useKeptUploads, type Delivery } from './upload.query.js';

/** A file that is being sent, or was until it stopped. */
export interface Transfer {
  readonly upload: KeptUpload;
  readonly file: File;
  readonly running: boolean;
  readonly sent: number;
  /** Where and when this run began: the speed is that of now, and not of yesterday. */
  readonly began: { readonly sent: number; readonly at: number } | null;
}

/** Another file was chosen to go on with. */
export class AnotherFile extends Error {}

/** Sends one file at a time, remembers it over a reload, and goes on where the service stands. */
export function useTransfer(onDone: (batch: string) => void) {
  const client = useQueryClient();
  const { kept, keep, forget } = useKeptUploads();
  const { transfer, run, pause, drop } = useRun();
  const { trying, error, busy } = useTrying();

  const send = async (upload: KeptUpload, file: File) => {
    const batch = await run(upload, file);
    if (batch === null) return;
    forget(upload.id);
    await Promise.all(['batches', 'feeds'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    onDone(batch);
  };
  const start = async (file: File, delivery: Delivery) => {
    const facts = await factsOf(file);
    const { id } = await announce(file, delivery);
    const { feed, reference } = delivery;
    const upload = { id, feed, reference, name: file.name, ...facts };
    keep(upload);
    await send(upload, file);
  };
  const goOn = async (upload: KeptUpload, file: File) => {
    if (!isSameFile(upload, await factsOf(file))) throw new AnotherFile();
    await send(upload, file);
  };
  const giveUp = async (id: string) => {
    pause();
    await abandon(id).catch((problem: unknown) => {
      if (!isGone(problem)) throw problem;
    });
    forget(id);
    drop();
  };
  return {
    kept,
    transfer,
    error,
    busy,
    pause,
    forget,
    start: (file: File, delivery: Delivery) => trying(() => start(file, delivery)),
    goOn: (upload: KeptUpload, file: File) => trying(() => goOn(upload, file)),
    giveUp: (id: string) => trying(() => giveUp(id)),
  };
}

/** One file on its way; leaving the page ends it, as a pause does. */
function useRun() {
  const [transfer, set] = useState<Transfer | null>(null);
  const abort = useRef<AbortController>(undefined);
  const pause = () => abort.current?.abort();
  useEffect(() => () => abort.current?.abort(), []);
  const stop = () => set((now) => now && { ...now, running: false, began: null });

  const run = async (upload: KeptUpload, file: File): Promise<string | null> => {
    const { signal } = (abort.current = new AbortController());
    set({ upload, file, running: true, sent: 0, began: null });
    try {
      const batch = await sendInPieces(file, {
        send: (offset, piece) => sendPiece(upload.id, offset, piece, signal),
        ask: () => askFor(upload.id),
        rest: (ms) => rest(ms, signal),
        stopped: () => signal.aborted,
        report: ({ offset: sent }) =>
          set((now) => now && { ...now, sent, began: now.began ?? { sent, at: performance.now() } }),
      });
      if (batch !== null) set(null);
      return batch;
    } finally {
      stop();
    }
  };
  return { transfer, run, pause, drop: () => set(null) };
}

/** A pause need not wait for the end of a wait. */
const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** One act at a time; what goes wrong is kept to be shown. */
function useTrying() {
  const [error, setError] = useState<Error | null>(null);
  const [busy, setBusy] = useState(0);
  const trying = async (act: () => Promise<unknown>) => {
    setError(null);
    setBusy((count) => count + 1);
    try {
      await act();
    } catch (problem) {
      setError(problem as Error);
    } finally {
      setBusy((count) => count - 1);
    }
  };
  return { trying, error, busy: busy > 0 };
}
