import { useCallback } from 'react';

import { useText } from '../frame/language.part.js';
import { spanOf } from './flow-order.rules.js';
import { flowText } from './flow.text.js';

/** A time span in the reader's words. */
export function useSpan() {
  const text = useText(flowText);
  return useCallback(
    (seconds: number): string => {
      const span = spanOf(seconds);
      return text(span.days > 0 ? 'span.days' : span.hours > 0 ? 'span.hours' : 'span.minutes', span);
    },
    [text],
  );
}
