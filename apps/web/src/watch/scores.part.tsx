import { Select } from 'antd';

import { useMe } from '../client/session.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { useScoreAct, useScoreMonths, useScores, type Score } from './watch.query.js';
import { watchText } from './watch.text.js';

/** How well banks serve, month by month: rank and grade for everybody, the figures for who may see them. */
export function Scores() {
  const text = useText(watchText);
  const { get, set } = useUrl();
  const months = useScoreMonths();
  return (
    <Answer query={months}>
      {({ items }) => {
        const month = get('month') ?? items[0]?.month;
        if (month === undefined) return <Empty why={text('scores.none')} />;
        return (
          <>
            <Select
              aria-label={text('scores.month')}
              value={month}
              options={items.map(({ month: value }) => ({ value, label: value }))}
              onChange={(value: string) => set({ month: value })}
            />
            <MonthOfScores month={month} />
          </>
        );
      }}
    </Answer>
  );
}

function MonthOfScores({ month }: { month: string }) {
  const text = useText(watchText);
  const scores = useScores(month);
  const columns = useColumns();
  const { data: me } = useMe();
  return (
    <Answer query={scores} rows={10}>
      {({ items, publishedAt, source }) => (
        <Section
          title={text(publishedAt ? 'scores.published' : 'scores.draft', { month })}
          note={source}
          actions={me?.roles.includes('operator') && !publishedAt ? <Acts month={month} /> : null}
          flush
        >
          <DataTable
            caption={text('tab.scores')}
            columns={columns}
            rows={items}
            rowKey={({ institutionCode }) => institutionCode}
          />
        </Section>
      )}
    </Answer>
  );
}

function useColumns(): Column<Score>[] {
  const text = useText(watchText);
  const { language } = useLanguage();
  return [
    { key: 'rank', title: text('score.rank'), numeric: true, cell: ({ rank }) => rank ?? '—' },
    { key: 'bank', title: text('score.bank'), cell: ({ institution }) => institution },
    { key: 'grade', title: text('score.grade'), cell: ({ grade }) => grade ?? '—' },
    { key: 'total', title: text('score.total'), numeric: true, cell: ({ total }) => total ?? '—' },
    {
      key: 'items',
      title: text('score.items'),
      cell: ({ items }) =>
        (items ?? []).map(({ item, earned, points, reason }) => (
          <span key={item} className="quiet" title={reason[language]}>
            {text(`score.${item}`)} {earned ?? '—'}/{points}{' '}
          </span>
        )),
    },
  ];
}

function Acts({ month }: { month: string }) {
  const text = useText(watchText);
  const compute = useScoreAct('computation');
  const publish = useScoreAct('publication');
  return (
    <>
      <ConfirmAct
        label={text('scores.compute')}
        title={text('scores.compute')}
        what={<p>{text('scores.computeWhat', { month })}</p>}
        confirm={text('scores.compute')}
        button={{ size: 'small' }}
        act={() => compute.mutateAsync(month)}
        busy={compute.isPending}
        error={compute.error}
      />
      <ConfirmAct
        label={text('scores.publish')}
        title={text('scores.publish')}
        what={<p>{text('scores.publishWhat', { month })}</p>}
        confirm={text('scores.publish')}
        button={{ size: 'small', type: 'primary' }}
        act={() => publish.mutateAsync(month)}
        busy={publish.isPending}
        error={publish.error}
      />
    </>
  );
}
