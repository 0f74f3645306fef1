import { App } from 'antd';
import { Link } from 'react-router';

import { useFeedTitle } from '../client/feed-title.query.js';
import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { FeedName } from '../parts/feed-name.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { FeedFilter } from '../steward/set-aside.part.js';
import { Followers } from './followers.part.js';
import { ProposeRun } from './propose-run.part.js';
import { loadRuns, runStates, useRunDecision, useRunStop, type Run } from './run.query.js';
import { runText } from './run.text.js';

const tones: Record<Run['state'], Tone> = {
  PROPOSED: 'warn',
  RUNNING: 'busy',
  DONE: 'good',
  STOPPED: 'still',
  REJECTED: 'still',
};

/** Kept files applied again, and all that follows told again: who proposed it, how far it is, what came of it. */
export function Runs() {
  const text = useText(runText);
  const { get } = useUrl();
  const filter = { state: runStates.find((state) => state === get('state')), feed: get('feed') };
  return (
    <>
      <FilterBar keys={['feed', 'state']}>
        <FeedFilter />
        <SelectFilter
          name="state"
          label={text('state')}
          options={runStates.map((value) => ({ value, label: text(value) }))}
        />
      </FilterBar>
      <Section title={text('title')} note={text('note')} actions={<ProposeRun />} flush>
        <CursorTable
          caption={text('title')}
          name={['operation', 'runs', filter]}
          load={loadRuns(filter)}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('none')} />}
          exportName="runs"
          refreshMs={5_000}
        />
      </Section>
    </>
  );
}

function useColumns(): Column<Run>[] {
  const text = useText(runText);
  return [
    {
      key: 'state',
      title: text('state'),
      cell: ({ state }) => <StatusTag tone={tones[state]}>{text(state)}</StatusTag>,
      text: ({ state }) => text(state),
    },
    wordColumn('kind', text('kind'), ({ kind }) => text(kind)),
    { key: 'feed', title: text('feed'), cell: ({ feed }) => <FeedName feed={feed} />, text: ({ feed }) => feed },
    { key: 'progress', title: text('progress'), cell: (run) => <Progress run={run} /> },
    { key: 'result', title: text('result'), cell: (run) => <Result run={run} /> },
    wordColumn('why', text('reason'), ({ reason }) => reason),
    {
      key: 'at',
      title: text('proposed'),
      cell: ({ proposed }) => <When at={proposed.at} />,
      text: ({ proposed }) => proposed.at,
    },
    { key: 'act', title: '', cell: (run) => <RunActs run={run} /> },
  ];
}

function Progress({ run: { kind, progress } }: { run: Run }) {
  const text = useText(runText);
  const { done, total, missing } = progress;
  if (total === null) return <span className="quiet">—</span>;
  const figures = { done: countText(done), total: countText(total) };
  return (
    <>
      <span className="figure">{text(kind === 'REBUILD' ? 'progress.records' : 'progress.batches', figures)}</span>
      {missing > 0 ? <p className="quiet">{text('progress.missing', { count: missing })}</p> : null}
    </>
  );
}

function Result({ run: { counts, intoBatchId, followers } }: { run: Run }) {
  const text = useText(runText);
  if (followers.length > 0) return <Followers of={followers} />;
  if (!counts) return <span className="quiet">—</span>;
  const { accepted, unchanged, stale, quarantined, refused } = counts;
  return (
    <>
      <span className="figure">{text('result.of', { accepted, unchanged, stale, quarantined, refused })}</span>
      {intoBatchId ? (
        <p>
          <Link to={`/operator/batches/${intoBatchId}`}>{text('into')}</Link>
        </p>
      ) : null}
    </>
  );
}

function RunActs({ run: { id, kind, feed, state, proposed } }: { run: Run }) {
  const text = useText(runText);
  const titleOf = useFeedTitle();
  const { data: me } = useMe();
  const { message } = App.useApp();
  const [decision, stop] = [useRunDecision(), useRunStop()];
  if (state !== 'PROPOSED' && state !== 'RUNNING') return null;
  const said = () => message.success(text('decided'));
  const decide = (approve: boolean) => (
    <ActWithNote
      label={text(approve ? 'approve' : 'reject')}
      what={<p>{text('decideWhat', { kind: text(kind), feed: titleOf(feed) })}</p>}
      act={(note) => decision.mutateAsync({ id, approve, note }).then(said)}
      of={decision}
    />
  );
  const own = proposed.personId === me?.id;
  return (
    <span className="page-actions">
      {state === 'PROPOSED' && own ? <span className="quiet">{text('own')}</span> : null}
      {state === 'PROPOSED' && !own ? decide(true) : null}
      {state === 'PROPOSED' && !own ? decide(false) : null}
      <ActWithNote
        label={text('stop')}
        what={<p>{text('stopWhat')}</p>}
        act={(reason) => stop.mutateAsync({ id, reason }).then(said)}
        of={stop}
      />
    </span>
  );
}
