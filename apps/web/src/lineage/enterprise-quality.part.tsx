import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { Rate, When } from '../parts/figures.part.js';
import { countText, rateText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { recordPath } from './lineage-path.rules.js';
import { loadConflicts, useEnterpriseQuality, type Conflict } from './lineage.query.js';
import { lineageText } from './lineage.text.js';

type Quality = NonNullable<ReturnType<typeof useEnterpriseQuality>['data']>;

/** How good what is held of one enterprise is, and where its sources contradict one another. */
export function EnterpriseQuality({ uscc }: { uscc: string }) {
  const quality = useEnterpriseQuality(uscc);
  return (
    <>
      <Answer query={quality}>{(found) => <Scored quality={found} />}</Answer>
      <Conflicts uscc={uscc} />
    </>
  );
}

function Scored({ quality }: { quality: Quality }) {
  const text = useText(lineageText);
  const count = (key: 'records' | 'affected' | 'findings'): Column<Quality['feeds'][number]> => ({
    key,
    title: text(`quality.${key}`),
    numeric: true,
    cell: (row) => countText(row[key]),
  });
  return (
    <>
      <Tiles>
        <Tile
          label={text('quality.score')}
          value={quality.scoreBp === null ? '—' : rateText(quality.scoreBp)}
          note={text('quality.scoreNote')}
        />
        <Tile label={text('quality.records')} value={countText(quality.records)} />
        <Tile label={text('quality.findings')} value={countText(quality.findings)} />
      </Tiles>
      <Section title={text('quality.feeds')} flush>
        {quality.feeds.length === 0 ? (
          <Empty why={text('quality.none')} />
        ) : (
          <DataTable
            caption={text('quality.feeds')}
            rows={quality.feeds}
            rowKey={({ feed }) => feed}
            columns={[
              { key: 'feed', title: text('feed'), cell: ({ title }) => title },
              {
                key: 'score',
                title: text('quality.score'),
                numeric: true,
                cell: ({ scoreBp }) => <Rate bp={scoreBp} />,
              },
              count('records'),
              count('affected'),
              count('findings'),
            ]}
          />
        )}
      </Section>
    </>
  );
}

/** Both sides stand beside each other; the platform takes neither. */
function Conflicts({ uscc }: { uscc: string }) {
  const text = useText(lineageText);
  return (
    <Section title={text('conflicts.title')} note={text('conflicts.note')} flush>
      <CursorTable
        caption={text('conflicts.title')}
        name={['lineage', 'conflicts', uscc]}
        load={loadConflicts(uscc)}
        columns={useConflictColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('conflicts.none')} />}
      />
    </Section>
  );
}

function useConflictColumns(): Column<Conflict>[] {
  const text = useText(lineageText);
  return [
    wordColumn('year', text('conflicts.year'), ({ year }) => year),
    {
      key: 'sides',
      title: text('conflicts.sides'),
      cell: ({ sides }) => (
        <ul className="changes">
          {sides.map(({ feed, sourceName, header, value, recordKeys }) => (
            <li key={`${feed} ${header}`}>
              <span className="quiet">
                {sourceName} · {header}
              </span>{' '}
              <strong className="figure">{value ?? text('conflicts.hidden')}</strong>{' '}
              {recordKeys.map((key) => (
                <Link key={key} to={recordPath(feed, key)}>
                  <code>{key}</code>
                </Link>
              ))}
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'tolerance',
      title: text('conflicts.tolerance'),
      numeric: true,
      cell: (one) => <Rate bp={one.toleranceBp} />,
    },
    { key: 'at', title: text('conflicts.at'), cell: ({ foundAt }) => <When at={foundAt} /> },
  ];
}
