import { useText } from '../frame/language.part.js';
import type { SetAside } from './batch.query.js';
import { operatorText } from './operator.text.js';
import { cutAtCell } from './raw-row.rules.js';

/** The line as it came, with the cell in question marked; a long one scrolls, by keyboard as well. */
export function RawRow({ row: { raw, lineNumber, position } }: { row: SetAside }) {
  const text = useText(operatorText);
  const cut = position === null ? null : cutAtCell(raw, position);
  return (
    <code className="raw-row" role="region" aria-label={`${text('row.raw')} ${lineNumber}`} tabIndex={0}>
      {cut ? (
        <>
          {cut.before}
          <mark>{cut.cell || '∅'}</mark>
          {cut.after}
        </>
      ) : (
        raw
      )}
    </code>
  );
}
