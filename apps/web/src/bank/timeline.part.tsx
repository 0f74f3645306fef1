import { useText } from '../frame/language.part.js';
import { When } from '../parts/figures.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import type { CaseDetail } from './case.query.js';

/** What happened, newest first; the state that each act led to says more than its name. */
export function Timeline({ entries }: { entries: CaseDetail['timeline'] }) {
  const text = useText(bankText);
  const word = useWord();
  return (
    <ol className="timeline">
      {entries.toReversed().map((entry, index) => (
        <li key={`${entry.at} ${index}`}>
          <When at={entry.at} />
          <span>
            {entry.to ? word('grab', entry.to) : entry.act}
            {entry.personId === null ? <span className="quiet"> {text('detail.bySystem')}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
