import { useText } from '../frame/language.part.js';
import type { SetAside } from './batch.query.js';
import { operatorText } from './operator.text.js';

/** The line as it came; a long one scrolls, by keyboard as well. */
export function RawRow({ row }: { row: SetAside }) {
  const text = useText(operatorText);
  return (
    <code className="raw-row" role="region" aria-label={`${text('row.raw')} ${row.lineNumber}`} tabIndex={0}>
      {row.raw}
    </code>
  );
}
