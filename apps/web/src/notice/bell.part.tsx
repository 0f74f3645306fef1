import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';

import { useLanguage, useText } from '../frame/language.part.js';
import { When } from '../parts/figures.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useStream } from './live.query.js';
import { useNewest, useReadAll, useReadOne, type Notice } from './notice.query.js';
import { noticeText } from './notice.text.js';

/** How many notices are unread, and the newest of them a click away; alive while the page is open. */
export function Bell() {
  const text = useText(noticeText);
  const { language } = useLanguage();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const newest = useNewest(language);
  useStream();
  useEffect(() => setOpen(false), [pathname]);
  const unread = newest.data?.unread ?? 0;
  return (
    <>
      <Badge count={unread} size="small" overflowCount={99} offset={[-6, 8]}>
        <Button
          type="text"
          icon={<BellOutlined aria-hidden />}
          aria-label={text('bell', { unread })}
          onClick={() => setOpen(true)}
        />
      </Badge>
      <Drawer
        title={text('bell.title')}
        open={open}
        onClose={() => setOpen(false)}
        size={400}
        extra={<ReadAll notices={newest.data?.items ?? []} unread={unread} />}
      >
        <Answer query={newest} rows={6}>
          {({ items }) => <Notices items={items} />}
        </Answer>
        <p className="gap">
          <Link to="/notices">{text('all')}</Link>
        </p>
      </Drawer>
    </>
  );
}

export function ReadAll({ notices, unread }: { notices: readonly Notice[]; unread: number }) {
  const text = useText(noticeText);
  const readAll = useReadAll();
  const [first] = notices;
  if (!first || unread === 0) return null;
  return (
    <Button size="small" loading={readAll.isPending} onClick={() => readAll.mutate(first.number)}>
      {text('readAll')}
    </Button>
  );
}

function Notices({ items }: { items: readonly Notice[] }) {
  const text = useText(noticeText);
  if (items.length === 0) return <Empty why={text('none')} />;
  return (
    <ul className="notices">
      {items.map((notice) => (
        <li key={notice.id} className={notice.readAt ? 'read' : undefined}>
          <NoticeLine notice={notice} />
          <p className="quiet">
            <When at={notice.at} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Title, words and the way to the thing; going there is reading it. */
export function NoticeLine({ notice }: { notice: Notice }) {
  const text = useText(noticeText);
  const readOne = useReadOne();
  const read = () => {
    if (!notice.readAt) readOne.mutate(notice.id);
  };
  return (
    <>
      <strong>
        {notice.link ? (
          <Link to={notice.link} onClick={read}>
            {notice.title}
          </Link>
        ) : (
          notice.title
        )}
      </strong>{' '}
      {notice.urgency === 'URGENT' ? <StatusTag tone="bad">{text('URGENT')}</StatusTag> : null}
      <p>{notice.text}</p>
    </>
  );
}
