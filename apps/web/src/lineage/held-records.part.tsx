import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar } from '../parts/filter-bar.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { recordPath } from './lineage-path.rules.js';
import { loadRecords, type HeldRecord } from './lineage.query.js';
import { lineageText } from './lineage.text.js';

/** What is known of an enterprise now, or was known at the end of a day. */
export function HeldRecords({ uscc }: { uscc: string }) {
  const text = useText(lineageText);
  const { get, set } = useUrl();
  const day = get('asOf');
  const asOf = day && /^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T23:59:59+08:00` : undefined;
  return (
    <>
      <FilterBar keys={['asOf']}>
        <DatePicker
          aria-label={text('records.asOf')}
          placeholder={text('records.asOf')}
          value={day ? dayjs(day) : null}
          disabledDate={(date) => date.isAfter(dayjs())}
          onChange={(_date, written) => set({ asOf: typeof written === 'string' ? written : undefined })}
        />
      </FilterBar>
      <Section title={text('tab.records')} note={text(day ? 'records.then' : 'records.now')} flush>
        <CursorTable
          caption={text('tab.records')}
          name={['lineage', 'records', uscc, asOf]}
          load={loadRecords(uscc, asOf)}
          columns={useColumns()}
          rowKey={({ feed, recordKey }) => `${feed} ${recordKey}`}
          empty={<Empty why={text('records.none')} />}
          exportName="records"
        />
      </Section>
    </>
  );
}

function useColumns(): Column<HeldRecord>[] {
  const text = useText(lineageText);
  return [
    wordColumn('feed', text('feed'), ({ feedTitle }) => feedTitle),
    {
      key: 'record',
      title: text('key'),
      cell: ({ feed, recordKey, version }) => (
        <Link to={recordPath(feed, recordKey, version)}>
          <code>{recordKey}</code>
        </Link>
      ),
      text: ({ recordKey }) => recordKey,
    },
    wordColumn('version', text('versions.version'), ({ version, correctionId }) =>
      correctionId === null ? text('version', { version }) : text('records.corrected', { version }),
    ),
    {
      key: 'event',
      title: text('versions.event'),
      cell: ({ eventDate }) => <When at={eventDate} />,
      text: ({ eventDate }) => eventDate,
    },
    {
      key: 'report',
      title: text('versions.report'),
      cell: ({ reportDate }) => <When at={reportDate} />,
      text: ({ reportDate }) => reportDate,
    },
    {
      key: 'until',
      title: text('records.publicUntil'),
      cell: ({ publicUntil, visible }) =>
        visible ? <When at={publicUntil} /> : <span className="quiet">{text('records.hidden')}</span>,
      text: ({ publicUntil, visible }) => (visible ? publicUntil : text('records.hidden')),
    },
  ];
}
