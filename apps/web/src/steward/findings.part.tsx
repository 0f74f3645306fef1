import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { recordPath } from '../lineage/lineage-path.rules.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { FeedName } from '../parts/feed-name.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { findingKinds, loadFindings, type Finding } from './quality.query.js';
import { qualityText } from './quality.text.js';
import { FeedFilter } from './set-aside.part.js';

/** What rules found in records that did go in: both values stand beside each other, neither is taken. */
export function Findings() {
  const text = useText(qualityText);
  const { get } = useUrl();
  const filter = { feed: get('feed'), kind: findingKinds.find((kind) => kind === get('kind')) };
  return (
    <>
      <FilterBar keys={['feed', 'kind']}>
        <FeedFilter />
        <SelectFilter
          name="kind"
          label={text('finding.kind')}
          options={findingKinds.map((value) => ({ value, label: text(`finding.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('tab.findings')} note={text('findings.note')} flush>
        <CursorTable
          caption={text('tab.findings')}
          name={['quality', 'findings', filter]}
          load={loadFindings(filter)}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('findings.none')} />}
          exportName="findings"
        />
      </Section>
    </>
  );
}

const kindOf = (kind: string) => findingKinds.find((one) => one === kind) ?? 'RANGE';

function useColumns(): Column<Finding>[] {
  const text = useText(qualityText);
  return [
    wordColumn('kind', text('finding.kind'), ({ kind }) => text(`finding.${kindOf(kind)}`)),
    {
      key: 'feed',
      title: text('feed'),
      cell: ({ feed, field }) => <FeedName feed={feed} below={<code>{field}</code>} />,
      text: ({ feed, field }) => `${feed} ${field}`,
    },
    { key: 'uscc', title: text('enterprise'), cell: ({ uscc }) => <code>{uscc}</code>, text: ({ uscc }) => uscc },
    {
      key: 'subject',
      title: text('finding.subject'),
      cell: ({ subject, feed, recordKeys: [key] }) =>
        key === undefined ? (
          <code className="cut">{subject}</code>
        ) : (
          <Link to={recordPath(feed, key)}>
            <code className="cut">{subject}</code>
          </Link>
        ),
      text: ({ subject }) => subject,
    },
    wordColumn('value', text('finding.value'), ({ value }) => value ?? '—'),
    wordColumn('other', text('finding.other'), ({ other }) => other ?? '—'),
    {
      key: 'at',
      title: text('finding.at'),
      cell: ({ foundAt }) => <When at={foundAt} />,
      text: ({ foundAt }) => foundAt,
    },
  ];
}
