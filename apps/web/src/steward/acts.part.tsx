import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { FeedName } from '../parts/feed-name.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { actStates, loadActs, useActDecision, type Act } from './set-aside.query.js';
import { stewardText } from './steward.text.js';

const tones: Record<Act['state'], Tone> = { PROPOSED: 'warn', SETTLED: 'good', REJECTED: 'still' };

/** What people did about rows, and what waits for a second person. */
export function ActTable() {
  const text = useText(stewardText);
  const { get } = useUrl();
  const state = actStates.find((one) => one === get('state'));
  return (
    <>
      <FilterBar keys={['state']}>
        <SelectFilter
          name="state"
          label={text('row.state')}
          options={actStates.map((value) => ({ value, label: text(`act.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('tab.acts')} note={text('acts.note')} flush>
        <CursorTable
          caption={text('tab.acts')}
          name={['set-aside', 'acts', state]}
          load={loadActs(state)}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('acts.none')} />}
          refreshMs={10_000}
        />
      </Section>
    </>
  );
}

function useColumns(): Column<Act>[] {
  const text = useText(stewardText);
  return [
    {
      key: 'state',
      title: text('row.state'),
      cell: ({ state }) => <StatusTag tone={tones[state]}>{text(`act.${state}`)}</StatusTag>,
    },
    wordColumn('kind', text('act.kind'), ({ kind }) => text(`act.${kind}`)),
    { key: 'feed', title: text('feed'), cell: ({ feed }) => <FeedName feed={feed} /> },
    { key: 'rows', title: text('act.rows'), numeric: true, cell: ({ rows }) => rows },
    {
      key: 'reason',
      title: text('act.why'),
      cell: ({ reason, note }) => (
        <>
          {reason}
          {note ? <p className="quiet">{note}</p> : null}
        </>
      ),
    },
    { key: 'made', title: text('act.made'), cell: ({ madeAt }) => <When at={madeAt} /> },
    { key: 'act', title: '', cell: (act) => <NextStep act={act} /> },
  ];
}

function NextStep({ act: { id, state, madeBy, rows, intoBatch } }: { act: Act }) {
  const text = useText(stewardText);
  const { data: me } = useMe();
  const decision = useActDecision();
  if (intoBatch) return <Link to={`/operator/batches/${intoBatch}`}>{text('act.into')}</Link>;
  if (state !== 'PROPOSED') return null;
  if (madeBy === me?.id) return <span className="quiet">{text('act.another')}</span>;
  return (
    <span className="page-actions">
      {([true, false] as const).map((approve) => (
        <ActWithNote
          key={String(approve)}
          label={text(approve ? 'act.approve' : 'act.reject')}
          what={<p>{text('act.decideWhat', { rows })}</p>}
          act={(note) => decision.mutateAsync({ id, approve, note })}
          of={decision}
        />
      ))}
    </span>
  );
}
