import { Button } from 'antd';

import { useLanguage, useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { useUrl } from '../parts/url.query.js';
import { NoticeLine, ReadAll } from './bell.part.js';
import { loadNotices, noticesKey, useNewest, useReadOne, type Notice } from './notice.query.js';
import { noticeText } from './notice.text.js';
import { Preferences } from './preferences.part.js';
import { Settings } from './settings.part.js';

export function NoticesPage() {
  const text = useText(noticeText);
  const title = text('notices.title');
  return (
    <Page title={title} question={text('notices.question')}>
      <Tabs label={title} names={['notices', 'settings']} title={(name) => text(`tab.${name}`)} clears={['unread']}>
        {(name) =>
          name === 'notices' ? (
            <AllNotices />
          ) : (
            <>
              <Settings />
              <Preferences />
            </>
          )
        }
      </Tabs>
    </Page>
  );
}

function AllNotices() {
  const text = useText(noticeText);
  const { language } = useLanguage();
  const { get } = useUrl();
  const newest = useNewest(language);
  const unread = get('unread') === 'yes';
  return (
    <>
      <FilterBar keys={['unread']}>
        <SelectFilter
          name="unread"
          label={text('everything')}
          options={[{ value: 'yes', label: text('unreadOnly') }]}
        />
      </FilterBar>
      <Section
        title={text('notices.title')}
        actions={<ReadAll notices={newest.data?.items ?? []} unread={newest.data?.unread ?? 0} />}
        flush
      >
        <CursorTable
          caption={text('notices.title')}
          name={[noticesKey, 'list', language, unread]}
          load={loadNotices(language, unread)}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('none')} />}
        />
      </Section>
    </>
  );
}

function useColumns(): Column<Notice>[] {
  const text = useText(noticeText);
  return [
    {
      key: 'state',
      title: text('state'),
      width: 90,
      cell: ({ readAt }) =>
        readAt ? (
          <StatusTag tone="still">{text('read')}</StatusTag>
        ) : (
          <StatusTag tone="busy">{text('unread')}</StatusTag>
        ),
    },
    { key: 'what', title: text('what'), cell: (notice) => <NoticeLine notice={notice} /> },
    { key: 'at', title: text('at'), width: 150, cell: ({ at }) => <When at={at} /> },
    { key: 'act', title: '', width: 110, cell: (notice) => <Mark notice={notice} /> },
  ];
}

function Mark({ notice }: { notice: Notice }) {
  const text = useText(noticeText);
  const readOne = useReadOne();
  if (notice.readAt) return null;
  return (
    <Button size="small" loading={readOne.isPending} onClick={() => readOne.mutate(notice.id)}>
      {text('markRead')}
    </Button>
  );
}
