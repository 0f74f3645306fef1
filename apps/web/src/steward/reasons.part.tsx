import { App } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { FeedName } from '../parts/feed-name.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar } from '../parts/filter-bar.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { FeedFilter } from './set-aside.part.js';
import { loadReasons, useAcceptance, useDismissal, useResubmission, type Reason } from './set-aside.query.js';
import { stewardText } from './steward.text.js';

/** Open rows by reason: one decision for all of them, at most a thousand at once. */
export function ReasonTable() {
  const text = useText(stewardText);
  const { get } = useUrl();
  const feed = get('feed');
  return (
    <>
      <FilterBar keys={['feed']}>
        <FeedFilter />
      </FilterBar>
      <Section title={text('tab.reasons')} note={text('reasons.note')} flush>
        <CursorTable
          caption={text('tab.reasons')}
          name={['set-aside', 'reasons', feed]}
          load={loadReasons(feed)}
          columns={useColumns()}
          rowKey={({ feed: of, code, pointer }) => `${of} ${code} ${pointer}`}
          empty={<Empty why={text('reasons.none')} />}
          exportName="set-aside-reasons"
        />
      </Section>
    </>
  );
}

function useColumns(): Column<Reason>[] {
  const text = useText(stewardText);
  const { language } = useLanguage();
  return [
    { key: 'feed', title: text('feed'), cell: ({ feed }) => <FeedName feed={feed} />, text: ({ feed }) => feed },
    {
      key: 'reason',
      title: text('row.reason'),
      cell: (reason) => (
        <>
          {reason[language]}
          <p className="quiet">
            <code>{reason.code}</code> {reason.pointer}
          </p>
        </>
      ),
      text: (reason) => `${reason.code} ${reason[language]}`,
    },
    {
      key: 'open',
      title: text('reasons.open'),
      numeric: true,
      cell: ({ open }) => countText(open),
      text: ({ open }) => open,
    },
    {
      key: 'oldest',
      title: text('reasons.oldest'),
      cell: ({ oldestReceivedAt }) => <When at={oldestReceivedAt} />,
      text: ({ oldestReceivedAt }) => oldestReceivedAt,
    },
    { key: 'act', title: '', cell: (reason) => <AtOnce reason={reason} /> },
  ];
}

function AtOnce({ reason: { feed, code, pointer, open, acceptable } }: { reason: Reason }) {
  const text = useText(stewardText);
  const { message } = App.useApp();
  const [dismissal, acceptance, resubmission] = [useDismissal(), useAcceptance(), useResubmission()];
  const settle = (of: typeof dismissal) => async (why: string) => {
    const { settled, leftAlone, remaining } = await of.mutateAsync({ all: { feed, code, pointer }, reason: why });
    message.success(text('reasons.done', { settled, leftAlone, remaining }));
  };
  return (
    <span className="page-actions">
      {acceptable ? (
        <ActWithNote
          label={text('act.ACCEPTANCE')}
          what={<p>{text('reasons.acceptWhat', { open })}</p>}
          act={settle(acceptance)}
          of={acceptance}
        />
      ) : null}
      {code === 'USCC_CHECK_DIGIT' ? (
        <ActWithNote
          label={text('reasons.again')}
          what={<p>{text('reasons.againWhat', { open })}</p>}
          act={settle(resubmission)}
          of={resubmission}
        />
      ) : null}
      <ActWithNote
        label={text('act.DISMISSAL')}
        what={<p>{text('reasons.dismissWhat', { open })}</p>}
        act={settle(dismissal)}
        of={dismissal}
      />
    </span>
  );
}
