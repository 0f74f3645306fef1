import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { meKey } from '../client/session.query.js';
import { useLanguage } from '../frame/language.part.js';
import { noticesKey, type Notice } from './notice.query.js';

type Listener = (notice: Notice) => void;
const listeners = new Set<Listener>();

/** After the stream was refused: the session is asked for, which renews it, and the stream tried again. */
const againMs = 5_000;

/** Keeps the one stream of this page open; belongs to the frame. */
export function useStream(): void {
  const client = useQueryClient();
  const { language } = useLanguage();
  useEffect(() => {
    let timer: number | undefined;
    let source: EventSource | undefined;
    let heard: string | undefined;
    const open = () => {
      const from = heard ? `&lastEventId=${heard}` : '';
      source = new EventSource(`/api/notification/stream?language=${language}${from}`);
      source.addEventListener('notice', (event: MessageEvent<string>) => {
        heard = event.lastEventId;
        void client.invalidateQueries({ queryKey: [noticesKey] });
        const notice = JSON.parse(event.data) as Notice;
        for (const listener of listeners) listener(notice);
      });
      source.addEventListener('unread', () => void client.invalidateQueries({ queryKey: [noticesKey] }));
      source.addEventListener('closing', () => later());
      source.addEventListener('error', () => source?.readyState === EventSource.CLOSED && later());
    };
    const later = () => {
      source?.close();
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void client.invalidateQueries({ queryKey: meKey }).then(open), againMs);
    };
    open();
    return () => {
      window.clearTimeout(timer);
      source?.close();
    };
  }, [client, language]);
}

/** Asks again for what is on the page when a notice of one of these kinds arrives: `case.opened`, or `case.` for all of them. */
export function useLive(kinds: readonly string[], keys: readonly string[]): void {
  const client = useQueryClient();
  const wanted = useRef({ kinds, keys });
  useEffect(() => {
    wanted.current = { kinds, keys };
  });
  useEffect(() => {
    const listen: Listener = ({ kind }) => {
      const { kinds: ofKinds, keys: stale } = wanted.current;
      if (!ofKinds.some((one) => kind === one || (one.endsWith('.') && kind.startsWith(one)))) return;
      for (const key of stale) void client.invalidateQueries({ queryKey: [key] });
    };
    listeners.add(listen);
    return () => void listeners.delete(listen);
  }, [client]);
}
