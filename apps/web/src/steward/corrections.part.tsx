import { Link } from 'react-router';

import { useFeedTitle } from '../client/feed-title.query.js';
import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { recordPath } from '../lineage/lineage-path.rules.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import {
  correctionStates,
  loadCorrections,
  useBackDecision,
  useDecision,
  useTakingBack,
  type Correction,
} from './correction.query.js';
import { textOfField } from './field-text.rules.js';
import { ProposeCorrection } from './propose-correction.part.js';
import { stewardText } from './steward.text.js';

const tones: Record<Correction['status'], Tone> = {
  PROPOSED: 'warn',
  ACTIVE: 'good',
  REJECTED: 'still',
  BACK_PROPOSED: 'warn',
  TAKEN_BACK: 'still',
  ENDED: 'still',
};

/** Values that lie over what a source sent; two people put them there, and two take them away. */
export function Corrections() {
  const text = useText(stewardText);
  const { get } = useUrl();
  const status = correctionStates.find((one) => one === get('state'));
  return (
    <>
      <FilterBar keys={['state']}>
        <SelectFilter
          name="state"
          label={text('row.state')}
          options={correctionStates.map((value) => ({ value, label: text(`correction.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('tab.corrections')} note={text('corrections.note')} actions={<ProposeCorrection />} flush>
        <CursorTable
          caption={text('tab.corrections')}
          name={['corrections', status]}
          load={loadCorrections(status)}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('corrections.none')} />}
        />
      </Section>
    </>
  );
}

function useColumns(): Column<Correction>[] {
  const text = useText(stewardText);
  const titleOf = useFeedTitle();
  return [
    {
      key: 'state',
      title: text('row.state'),
      cell: ({ status }) => <StatusTag tone={tones[status]}>{text(`correction.${status}`)}</StatusTag>,
    },
    {
      key: 'record',
      title: text('correction.record'),
      cell: ({ feed, recordKey, uscc }) => (
        <>
          {titleOf(feed)}{' '}
          <Link to={recordPath(feed, recordKey)}>
            <code>{recordKey}</code>
          </Link>
          <p className="quiet">
            <code>{uscc}</code>
          </p>
        </>
      ),
    },
    {
      key: 'fields',
      title: text('correction.values'),
      cell: ({ fields, raw }) =>
        Object.entries(fields).map(([field, value]) => (
          <p key={field}>
            <code>{field}</code> <del>{textOfField(raw[field]) || '∅'}</del> <ins>{textOfField(value) || '∅'}</ins>
          </p>
        )),
    },
    {
      key: 'why',
      title: text('act.why'),
      cell: ({ proposed, document }) => (
        <>
          {proposed.text}
          <p className="quiet">{document}</p>
        </>
      ),
    },
    { key: 'at', title: text('act.made'), cell: ({ proposed }) => <When at={proposed.at} /> },
    { key: 'act', title: '', cell: (correction) => <NextStep correction={correction} /> },
  ];
}

function NextStep({ correction: { id, status, proposed, takingBack } }: { correction: Correction }) {
  const text = useText(stewardText);
  const { data: me } = useMe();
  const [decision, backDecision, takingBackNow] = [useDecision(), useBackDecision(), useTakingBack()];
  if (status === 'ACTIVE')
    return (
      <ActWithNote
        label={text('correction.takeBack')}
        what={<p>{text('correction.takeBackWhat')}</p>}
        act={(reason) => takingBackNow.mutateAsync({ id, reason })}
        of={takingBackNow}
      />
    );
  if (status !== 'PROPOSED' && status !== 'BACK_PROPOSED') return null;
  const maker = status === 'PROPOSED' ? proposed.personId : takingBack?.personId;
  if (maker === me?.id) return <span className="quiet">{text('act.another')}</span>;
  const of = status === 'PROPOSED' ? decision : backDecision;
  return (
    <span className="page-actions">
      {([true, false] as const).map((approve) => (
        <ActWithNote
          key={String(approve)}
          label={text(approve ? 'act.approve' : 'act.reject')}
          what={<p>{text('correction.decideWhat')}</p>}
          act={(note) => of.mutateAsync({ id, approve, note })}
          of={of}
        />
      ))}
    </span>
  );
}
