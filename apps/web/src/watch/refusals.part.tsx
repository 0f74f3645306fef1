import { useInstitutionName } from '../client/institution.query.js';
import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { type Column, wordColumn } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty, useCodeWords } from '../parts/states.part.js';
import { loadRefusals, type Refusals } from './watch.query.js';
import { watchText } from './watch.text.js';

/** Why grabs were refused, by minute and bank: a limit that bites too often shows here. */
export function RefusalTable() {
  const text = useText(watchText);
  const nameOf = useInstitutionName();
  const wordsOf = useCodeWords();
  const columns: Column<Refusals>[] = [
    {
      key: 'minute',
      title: text('refusal.minute'),
      cell: ({ minute }) => <When at={minute} />,
      text: ({ minute }) => minute,
    },
    wordColumn('bank', text('refusal.bank'), ({ institution }) => nameOf(institution)),
    wordColumn('why', text('refusal.why'), ({ code }) => wordsOf(`MARKETPLACE.${code}`, code)),
    {
      key: 'count',
      title: text('refusal.count'),
      numeric: true,
      cell: ({ refusals }) => refusals,
      text: ({ refusals }) => refusals,
    },
  ];
  return (
    <Section title={text('tab.refusals')} note={text('refusals.note')} flush>
      <CursorTable
        caption={text('tab.refusals')}
        name={['refusals']}
        load={loadRefusals}
        columns={columns}
        rowKey={({ minute, institution, code }) => `${minute} ${institution} ${code}`}
        empty={<Empty why={text('refusals.none')} />}
        exportName="refusals"
      />
    </Section>
  );
}
