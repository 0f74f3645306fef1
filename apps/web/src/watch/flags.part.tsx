import { useInstitutionName } from '../client/institution.query.js';
import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { loadFlags, useDecideFlag, type Flag } from './watch.query.js';
import { watchText } from './watch.text.js';

const tones: Record<Flag['state'], Tone> = { OPEN: 'warn', EXPLAINED: 'good', CONFIRMED: 'bad' };

/** What looks odd, with what shows it; a person decides what it is. */
export function Flags() {
  const text = useText(watchText);
  return (
    <Section title={text('tab.flags')} note={text('flags.note')} flush>
      <CursorTable
        caption={text('tab.flags')}
        name={['flags']}
        load={loadFlags}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('flags.none')} />}
      />
    </Section>
  );
}

function useColumns(): Column<Flag>[] {
  const text = useText(watchText);
  const nameOf = useInstitutionName();
  const listing = useListing();
  const { language } = useLanguage();
  const words: Readonly<Record<string, string>> = watchText[language];
  return [
    { key: 'at', title: text('flag.at'), cell: ({ raisedAt }) => <When at={raisedAt} /> },
    { key: 'kind', title: text('flag.kind'), cell: ({ kind }) => text(`flag.${kind}`) },
    { key: 'banks', title: text('flag.banks'), cell: ({ institutions }) => listing(institutions.map(nameOf)) },
    {
      key: 'evidence',
      title: text('flag.evidence'),
      cell: ({ figures, ids }) => (
        <>
          {figures.map(({ name, value }) => (
            <span key={name} className="quiet">
              {words[`figure.${name}`] ?? name} {value}{' '}
            </span>
          ))}
          <span className="quiet">{text('flag.ids', { count: ids.length })}</span>
        </>
      ),
    },
    {
      key: 'state',
      title: text('flag.state'),
      cell: ({ state, note }) => (
        <>
          <StatusTag tone={tones[state]}>{text(`flag.${state}`)}</StatusTag>
          {note ? <p className="quiet">{note}</p> : null}
        </>
      ),
    },
    { key: 'act', title: '', cell: (flag) => <Decide flag={flag} /> },
  ];
}

function Decide({ flag }: { flag: Flag }) {
  const text = useText(watchText);
  const decide = useDecideFlag();
  if (flag.state !== 'OPEN') return null;
  return (
    <span className="page-actions">
      {(['EXPLAINED', 'CONFIRMED'] as const).map((state) => (
        <ActWithNote
          key={state}
          label={text(`flag.as.${state}`)}
          what={text('flag.decideWhat')}
          act={(note) => decide.mutateAsync({ id: flag.id, state, note })}
          of={decide}
        />
      ))}
    </span>
  );
}
