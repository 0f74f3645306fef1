import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { useFeedTitle } from '../client/feed-title.query.js';
import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { useFlowColumns } from '../operation/flow-columns.part.js';
import { needsALook, stuckFirst } from '../operation/flow-order.rules.js';
import { useOperation, type FeedFlow } from '../operation/flow.query.js';
import { useBatchColumns } from '../operator/batches.page.js';
import { feedTones, stateOf, worstFirst } from '../operator/feed-order.rules.js';
import { useFeeds, type Feed } from '../operator/feed.query.js';
import { operatorText } from '../operator/operator.text.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Page, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { UploadBatch } from '../upload/upload-batch.part.js';
import { useClaimFigures } from './claim.query.js';
import { useLatestBatches, useMineToDecide, useOpenReasons } from './desk.query.js';
import { deskText } from './desk.text.js';
import type { Reason } from './set-aside.query.js';
import { stewardText } from './steward.text.js';

/** A data officer's morning: what is mine to do, how our feeds stand, and what was delivered last. */
export function DeskPage() {
  const text = useText(deskText);
  const title = useText(frameText)('source.desk');
  const actions = (
    <>
      <Link to="/lineage">{text('lineage')}</Link>
      <UploadBatch />
    </>
  );
  return (
    <Page title={title} question={text('question')} actions={actions}>
      <ToDo />
      <ToMend />
      <OwnFeeds />
      <Deliveries />
    </Page>
  );
}

function ToDo() {
  const text = useText(deskText);
  const { data: me } = useMe();
  const { data: reasons } = useOpenReasons();
  const { data: operation } = useOperation();
  const { data: feeds } = useFeeds();
  const { data: claims } = useClaimFigures();
  const { data: mine } = useMineToDecide(me?.id);
  const late = feeds?.items.filter((feed) => stateOf(feed) === 'LATE').length;
  const decide = mine && mine.acts + mine.corrections;
  const decideAt = mine?.acts ? 'acts&state=PROPOSED' : 'corrections';
  const rows = reasons?.reduce((sum, { open }) => sum + open, 0);
  return (
    <Tiles>
      <Work name="rows" count={rows} to="/operator/mending?state=OPEN" note={text('todo.rowsNote')} />
      <Work
        name="failed"
        count={operation?.failedLastWeek}
        to="/operator/batches?status=FAILED"
        note={text('todo.failedNote')}
      />
      <Work name="late" count={late} to="/operator/feeds" note={text('todo.lateNote')} />
      <Work
        name="claims"
        count={claims?.waiting}
        to="/operator/mending?tab=claims&state=WAITING"
        note={text('todo.claimsNote')}
      />
      <Work name="decide" count={decide} to={`/operator/mending?tab=${decideAt}`} note={text('todo.decideNote')} />
    </Tiles>
  );
}

interface WorkProps {
  readonly name: 'rows' | 'failed' | 'late' | 'claims' | 'decide';
  readonly count: number | undefined;
  readonly to: string;
  readonly note: ReactNode;
}

/** How much of one kind of work there is, and the way to it. */
function Work({ name, count, to, note }: WorkProps) {
  const text = useText(deskText);
  if (!count) return <Tile label={text(`todo.${name}`)} value={count === 0 ? text('todo.clear') : '…'} />;
  return <Tile label={text(`todo.${name}`)} value={<Link to={to}>{countText(count)}</Link>} note={note} />;
}

const reasonsShown = 6;

function ToMend() {
  const text = useText(deskText);
  const steward = useText(stewardText);
  const { language } = useLanguage();
  const reasons = useOpenReasons();
  const titleOf = useFeedTitle();
  const columns: Column<Reason>[] = [
    { key: 'feed', title: steward('feed'), cell: ({ feed }) => titleOf(feed) },
    { key: 'reason', title: steward('row.reason'), cell: (reason) => reason[language] },
    { key: 'open', title: steward('reasons.open'), numeric: true, cell: ({ open }) => countText(open) },
    {
      key: 'oldest',
      title: steward('reasons.oldest'),
      cell: ({ oldestReceivedAt }) => <When at={oldestReceivedAt} />,
    },
    {
      key: 'act',
      title: '',
      cell: ({ feed }) => <Link to={`/operator/mending?feed=${feed}&state=OPEN`}>{text('mend.go')}</Link>,
    },
  ];
  const all = <Link to="/operator/mending?state=OPEN">{text('mend.all')}</Link>;
  return (
    <Section title={text('mend')} note={text('mend.note')} actions={all} flush>
      <Answer query={reasons} rows={3}>
        {(found) =>
          found.length === 0 ? (
            <Empty why={text('mend.none')} />
          ) : (
            <DataTable
              caption={text('mend')}
              columns={columns}
              rows={found.slice(0, reasonsShown)}
              rowKey={({ feed, code, pointer }) => `${feed} ${code} ${pointer}`}
            />
          )
        }
      </Answer>
    </Section>
  );
}

/** What needs a look first; then by how a feed keeps its promise, and at the end those that never came. */
function inOrder(flows: readonly FeedFlow[], feeds: readonly Feed[]): FeedFlow[] {
  const places = new Map(worstFirst(feeds).map(({ feed }, place) => [feed, place]));
  const quiet = flows.filter((flow) => !needsALook(flow));
  return [
    ...stuckFirst(flows.filter(needsALook)),
    ...quiet.toSorted((a, b) => (places.get(a.feed) ?? 0) - (places.get(b.feed) ?? 0)),
  ];
}

/** Whether each feed keeps its promise, beside what is in hand and what it lacks. */
function OwnFeeds() {
  const text = useText(deskText);
  const board = useText(operatorText);
  const operation = useOperation();
  const { data: feeds } = useFeeds();
  const [state, feed, ...rest] = useFlowColumns(false);
  const factsOf = (name: string): Feed | undefined => feeds?.items.find((one) => one.feed === name);
  const promise: Column<FeedFlow> = {
    key: 'promise',
    title: text('promise'),
    cell: ({ feed: name }) => {
      const facts = factsOf(name);
      if (!facts) return null;
      return (
        <>
          <StatusTag tone={feedTones[stateOf(facts)]}>{board(`feed.state.${stateOf(facts)}`)}</StatusTag>
          <p className="quiet">{board('feed.promise', { days: facts.freshnessDays })}</p>
        </>
      );
    },
  };
  const columns = [promise, feed!, state!, ...rest];
  return (
    <Section title={text('feeds')} note={text('feeds.note')} flush>
      <Answer query={operation}>
        {(found) =>
          found.feeds.length === 0 ? (
            <Empty why={text('feeds.none')} />
          ) : (
            <DataTable
              caption={text('feeds')}
              columns={columns}
              rows={inOrder(found.feeds, feeds?.items ?? [])}
              rowKey={({ feed: name }) => name}
            />
          )
        }
      </Answer>
    </Section>
  );
}

function Deliveries() {
  const text = useText(deskText);
  const batches = useLatestBatches();
  const columns = useBatchColumns();
  return (
    <Section
      title={text('deliveries')}
      note={text('deliveries.note')}
      actions={<Link to="/operator/batches">{text('deliveries.all')}</Link>}
      flush
    >
      <Answer query={batches}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty why={text('deliveries.none')} />
          ) : (
            <DataTable caption={text('deliveries')} columns={columns} rows={items} rowKey={({ id }) => id} />
          )
        }
      </Answer>
    </Section>
  );
}
