import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

const pagesKey = 'pages';

/** Filters and tabs live in the address: a link shows a colleague the same thing, and Back works. */
export function useUrl() {
  const [params, setParams] = useSearchParams();
  const get = useCallback((key: string) => params.get(key) ?? undefined, [params]);
  /** Another filter begins again at the first page. */
  const set = useCallback(
    (changes: Record<string, string | undefined>) =>
      setParams((before) => changed(before, { [pagesKey]: undefined, ...changes })),
    [setParams],
  );
  return { get, set, params };
}

/** The way of cursors to the page in view; the last one is the page itself. */
export function usePageTrail() {
  const [params, setParams] = useSearchParams();
  const trail = params.get(pagesKey)?.split('~').filter(Boolean).map(decodeURIComponent) ?? [];
  const go = (next: string[]) =>
    setParams((before) => changed(before, { [pagesKey]: next.map(encodeURIComponent).join('~') || undefined }));
  return {
    cursor: trail.at(-1),
    page: trail.length + 1,
    next: (cursor: string) => go([...trail, cursor]),
    previous: () => go(trail.slice(0, -1)),
  };
}

function changed(before: URLSearchParams, changes: Record<string, string | undefined>): URLSearchParams {
  const after = new URLSearchParams(before);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined || value === '') after.delete(key);
    else after.set(key, value);
  }
  return after;
}
