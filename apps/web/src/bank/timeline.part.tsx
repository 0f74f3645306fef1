import { useLanguage, useText } from '../frame/language.part.js';
import { When } from '../parts/figures.part.js';
import { moneyText } from '../parts/format.rules.js';
import { useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import type { CaseDetail } from './case.query.js';
import { timelineText } from './timeline.text.js';

type Entry = CaseDetail['timeline'][number];

/** What happened, newest first. */
export function Timeline({ entries }: { entries: readonly Entry[] }) {
  const text = useText(bankText);
  const wordsOf = useEntryWords();
  return (
    <ol className="timeline">
      {entries.toReversed().map((entry, index) => (
        <li key={`${entry.at} ${index}`}>
          <When at={entry.at} />
          <span>
            {wordsOf(entry)}
            {entry.personId === null ? <span className="quiet"> {text('detail.bySystem')}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** A contact by what was said, money by how much; everything else by the state that it led to. */
function useEntryWords() {
  const text = useText(bankText);
  const word = useWord();
  const { language } = useLanguage();
  return ({ act, to, detail }: Entry): string => {
    const facts = detail as { method?: 'PHONE' | 'VISIT' | 'ONLINE'; note?: string; amountFen?: string };
    if (act === 'CONTACT' && facts.method) return `${text(`contact.${facts.method}`)} · ${facts.note ?? ''}`;
    const said: Readonly<Record<string, string>> = timelineText[language];
    const state = said[act] ?? (to ? word('grab', to) : act);
    return facts.amountFen ? `${state} ${moneyText(facts.amountFen, language)}` : state;
  };
}
