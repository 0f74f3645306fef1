import { App, DatePicker, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { useFeeds } from '../operator/feed.query.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { loadLetters, useLetter, type Letter } from './quality.query.js';
import { qualityText } from './quality.text.js';

/** The monthly letters to the sources, to print. */
export function Letters() {
  const text = useText(qualityText);
  const { data: me } = useMe();
  return (
    <Section
      title={text('tab.letters')}
      note={text('letters.note')}
      actions={me?.roles.includes('operator') ? <IssueLetter /> : null}
      flush
    >
      <CursorTable
        caption={text('tab.letters')}
        name={['quality', 'letters']}
        load={loadLetters}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('letters.none')} />}
      />
    </Section>
  );
}

function useColumns(): Column<Letter>[] {
  const text = useText(qualityText);
  const names = useSourceNames();
  return [
    wordColumn('source', text('source'), ({ source }) => names.get(source) ?? source),
    wordColumn('month', text('letter.month'), ({ month }) => month),
    { key: 'at', title: text('letter.issued'), cell: ({ issuedAt }) => <When at={issuedAt} /> },
    { key: 'digest', title: 'SHA-256', cell: ({ digest }) => <code>{digest.slice(0, 16)}</code> },
    {
      key: 'open',
      title: '',
      cell: ({ id }) => (
        <a href={`/api/ingestion/quality/letters/${id}/page`} target="_blank" rel="noreferrer">
          {text('letter.open')}
        </a>
      ),
    },
  ];
}

function useSourceNames(): Map<string, string> {
  const { data } = useFeeds();
  return new Map(data?.items.map(({ source, sourceName }) => [source, sourceName]) ?? []);
}

function IssueLetter() {
  const text = useText(qualityText);
  const { message } = App.useApp();
  const issue = useLetter();
  const names = useSourceNames();
  const [source, setSource] = useState<string>();
  const [month, setMonth] = useState<Dayjs | null>(dayjs().subtract(1, 'month'));
  const act = async () => {
    if (!source || !month) return;
    await issue.mutateAsync({ source, month: month.format('YYYY-MM') });
    message.success(text('letter.done'));
  };
  return (
    <ConfirmAct
      label={text('letter.issue')}
      title={text('letter.issue')}
      what={
        <div className="stacked">
          <p>{text('letter.what')}</p>
          <Select
            aria-label={text('source')}
            placeholder={text('source')}
            showSearch
            optionFilterProp="label"
            value={source ?? null}
            options={[...names].map(([value, label]) => ({ value, label }))}
            onChange={(chosen: string | null) => setSource(chosen ?? undefined)}
          />
          <DatePicker
            aria-label={text('letter.month')}
            picker="month"
            value={month}
            disabledDate={(day) => !day.isBefore(dayjs().startOf('month'))}
            onChange={setMonth}
          />
        </div>
      }
      confirm={text('letter.issue')}
      blocked={!source || !month}
      act={act}
      busy={issue.isPending}
      error={issue.error}
    />
  );
}
