import { App } from 'antd';

import { useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { countText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { loadSearchLog, useSearchIndex, useSearchRebuild, type SearchAct, type SearchBuild } from './upkeep.query.js';
import { upkeepText } from './upkeep.text.js';

/** What the service writes down of itself, in the reader's language; what a person wrote stays as it is. */
function useReasonWords() {
  const text = useText(upkeepText);
  return (reason: string | null): string => {
    if (reason === null) return '—';
    if (reason === 'there is no index yet') return text('search.noIndex');
    const [, made] = /^documents are made as (\S+)$/.exec(reason) ?? [];
    const [, layout] = / is of another layout than (\S+)$/.exec(reason) ?? [];
    const [, seconds] = /^after (\d+) s$/.exec(reason) ?? [];
    if (made) return text('search.newLayout', { layout: made });
    if (layout) return text('search.oldLayout', { layout });
    return seconds ? text('search.awayFor', { seconds }) : reason;
  };
}

const tones: Readonly<Record<string, Tone>> = { RUNNING: 'busy', DONE: 'good', ABANDONED: 'bad' };

/** How many enterprises can be found, and making their index anew beside the one in use. */
export function SearchIndexState() {
  const text = useText(upkeepText);
  const { message } = App.useApp();
  const index = useSearchIndex();
  const rebuild = useSearchRebuild();
  const act = async (reason: string) => {
    await rebuild.mutateAsync(reason);
    message.success(text('search.rebuilt'));
  };
  const again = (
    <ActWithNote label={text('search.rebuild')} what={<p>{text('search.rebuildWhat')}</p>} act={act} of={rebuild} />
  );
  return (
    <>
      <Answer query={index}>
        {({ documents, pending, builds }) => (
          <>
            <Tiles>
              <Tile label={text('search.documents')} value={countText(documents)} />
              <Tile label={text('search.pending')} value={countText(pending)} note={text('search.pendingNote')} />
            </Tiles>
            <Section title={text('search.builds')} actions={again} flush>
              <Builds builds={builds} />
            </Section>
          </>
        )}
      </Answer>
      <SearchLog />
    </>
  );
}

function Builds({ builds }: { builds: readonly SearchBuild[] }) {
  const text = useText(upkeepText);
  const reasonWords = useReasonWords();
  const states: Readonly<Record<string, string>> = {
    RUNNING: text('search.RUNNING'),
    DONE: text('search.DONE'),
    ABANDONED: text('search.ABANDONED'),
  };
  const columns: Column<SearchBuild>[] = [
    {
      key: 'state',
      title: text('search.state'),
      cell: ({ state }) => <StatusTag tone={tones[state] ?? 'still'}>{states[state] ?? state}</StatusTag>,
    },
    wordColumn('target', text('search.target'), ({ target }) =>
      text(target === 'elasticsearch' ? 'search.elasticsearchTarget' : 'search.documentsTarget'),
    ),
    { key: 'count', title: text('search.count'), numeric: true, cell: ({ documents }) => countText(documents) },
    { key: 'started', title: text('search.started'), cell: ({ startedAt }) => <When at={startedAt} /> },
    { key: 'ended', title: text('search.ended'), cell: ({ endedAt }) => <When at={endedAt} /> },
    wordColumn('reason', text('search.reason'), ({ reason }) => reasonWords(reason)),
  ];
  if (builds.length === 0) return <Empty why={text('search.buildsNone')} />;
  return <DataTable caption={text('search.builds')} columns={columns} rows={builds} rowKey={({ id }) => id} />;
}

const acts = ['BUILD_STARTED', 'BUILD_DONE', 'BUILD_ABANDONED', 'RECONCILED', 'ENGINE_AWAY', 'ENGINE_BACK'] as const;

function SearchLog() {
  const text = useText(upkeepText);
  const reasonWords = useReasonWords();
  const what = ({ act }: SearchAct) => {
    const known = acts.find((one) => one === act);
    return known ? text(`search.${known}`) : act;
  };
  const count = (key: 'documents' | 'differences', title: string): Column<SearchAct> => ({
    key,
    title,
    numeric: true,
    cell: (line) => (line[key] === null ? '—' : countText(line[key])),
    text: (line) => line[key],
  });
  const columns: Column<SearchAct>[] = [
    { key: 'at', title: text('search.at'), cell: ({ at }) => <When at={at} />, text: ({ at }) => at },
    wordColumn('act', text('search.act'), what),
    count('documents', text('search.count')),
    count('differences', text('search.differences')),
    wordColumn('reason', text('search.reason'), ({ detail }) => reasonWords(detail)),
  ];
  return (
    <Section title={text('search.log')} flush>
      <CursorTable
        caption={text('search.log')}
        name={['search-index', 'log']}
        load={loadSearchLog}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<Empty why={text('search.logNone')} />}
        exportName="search-index"
      />
    </Section>
  );
}
