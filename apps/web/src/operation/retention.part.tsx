import { App } from 'antd';

import { useFeedTitle } from '../client/feed-title.query.js';
import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { Code } from '../parts/code.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { FeedName } from '../parts/feed-name.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { PlaceHold } from './place-hold.part.js';
import { loadHolds, loadProofs, useHoldRelease, type Hold, type Proof } from './retention.query.js';
import { retentionText } from './retention.text.js';

/** What is kept beyond its term, and proof of what went. */
export function Retention() {
  const text = useText(retentionText);
  return (
    <>
      <Section title={text('holds')} note={text('holds.note')} actions={<PlaceHold />} flush>
        <CursorTable
          caption={text('holds')}
          name={['retention', 'holds']}
          load={loadHolds}
          columns={useHoldColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('holds.none')} />}
        />
      </Section>
      <Section title={text('proofs')} note={text('proofs.note')} flush>
        <CursorTable
          caption={text('proofs')}
          name={['retention', 'proofs']}
          load={loadProofs}
          columns={useProofColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('proofs.none')} />}
          exportName="retention-proofs"
        />
      </Section>
    </>
  );
}

function useHoldColumns(): Column<Hold>[] {
  const text = useText(retentionText);
  const titleOf = useFeedTitle();
  return [
    {
      key: 'state',
      title: text('state'),
      cell: ({ releasedAt, releaseReason }) => (
        <>
          <StatusTag tone={releasedAt ? 'still' : 'good'}>{text(releasedAt ? 'released' : 'standing')}</StatusTag>
          {releaseReason ? <p className="quiet">{releaseReason}</p> : null}
        </>
      ),
    },
    wordColumn('kind', text('kind'), ({ kind }) => text(kind)),
    {
      key: 'scope',
      title: text('scope'),
      cell: ({ uscc, feed, recordKey }) => (
        <>
          {uscc ? <Code value={uscc} /> : null} {feed ? titleOf(feed) : null}{' '}
          {recordKey ? <code>{recordKey}</code> : null}
        </>
      ),
    },
    { key: 'until', title: text('until'), cell: ({ until }) => <When at={until} /> },
    {
      key: 'why',
      title: text('reason'),
      cell: ({ reason, document }) => (
        <>
          {reason}
          <p className="quiet">{document}</p>
        </>
      ),
    },
    { key: 'placed', title: text('placed'), cell: ({ placedAt }) => <When at={placedAt} /> },
    { key: 'act', title: '', cell: (hold) => <Release hold={hold} /> },
  ];
}

function Release({ hold: { id, placedBy, releasedAt } }: { hold: Hold }) {
  const text = useText(retentionText);
  const { data: me } = useMe();
  const { message } = App.useApp();
  const release = useHoldRelease();
  if (releasedAt !== null) return null;
  if (placedBy === me?.id) return <span className="quiet">{text('own')}</span>;
  const act = async (reason: string) => {
    await release.mutateAsync({ id, reason });
    message.success(text('release.done'));
  };
  return <ActWithNote label={text('release')} what={<p>{text('release.what')}</p>} act={act} of={release} />;
}

function useProofColumns(): Column<Proof>[] {
  const text = useText(retentionText);
  const count = (key: 'records' | 'versions'): Column<Proof> => ({
    key,
    title: text(`proof.${key}`),
    numeric: true,
    cell: (proof) => countText(proof[key]),
    text: (proof) => proof[key],
  });
  return [
    { key: 'at', title: text('proof.at'), cell: ({ doneAt }) => <When at={doneAt} />, text: ({ doneAt }) => doneAt },
    wordColumn('action', text('proof.action'), ({ action }) => text(action)),
    { key: 'feed', title: text('feed'), cell: ({ feed }) => <FeedName feed={feed} />, text: ({ feed }) => feed },
    count('records'),
    count('versions'),
    wordColumn('days', text('proof.days'), ({ firstDay, lastDay }) =>
      firstDay === lastDay ? firstDay : `${firstDay} – ${lastDay}`,
    ),
    {
      key: 'hash',
      title: text('proof.hash'),
      cell: ({ keysHash }) => <Code value={keysHash.slice(0, 16)} />,
      text: ({ keysHash }) => keysHash,
    },
  ];
}
