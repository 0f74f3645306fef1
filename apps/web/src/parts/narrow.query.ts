import { useSyncExternalStore } from 'react';

/** Below it tables are cards; the style sheet has the same bound. */
const narrow = window.matchMedia('(width < 768px)');

const subscribe = (listen: () => void) => {
  narrow.addEventListener('change', listen);
  return () => narrow.removeEventListener('change', listen);
};

/** Whether the screen is a telephone's. */
export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
