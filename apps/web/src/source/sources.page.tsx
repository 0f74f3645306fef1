import { App, Button } from 'antd';
import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { contractPath } from '../contract/contract.query.js';
import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { mayEnter } from '../frame/menu.option.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { ExportCsv } from '../parts/export-csv.part.js';
import { FilterBar, SearchFilter, SelectFilter } from '../parts/filter-bar.part.js';
import { countText } from '../parts/format.rules.js';
import { Page, Section } from '../parts/page.part.js';
import { Answer, Empty, ProblemView } from '../parts/states.part.js';
import { Tile, Tiles } from '../parts/tile.part.js';
import { useUrl } from '../parts/url.query.js';
import { bases, collectedOf, found, type Collected, type Source } from './collected.rules.js';
import { useContractReload, useSources } from './source.query.js';
import { sourceText } from './source.text.js';

/** What the platform collects, from whom, and for what: anybody may know, and an enterprise should before it signs. */
export function SourcesPage() {
  const text = useText(sourceText);
  const { data: me } = useMe();
  const sources = useSources();
  const operator = me?.roles.includes('operator') ?? false;
  return (
    <Page title={text('title')} question={text('question')} actions={operator ? <Reload /> : null}>
      {me?.roles.includes('enterprise') ? (
        <p className="notice">
          <span>
            {text('consent')} <Link to="/enterprise/authorisations">{text('toConsent')}</Link>
          </span>
        </p>
      ) : null}
      <Answer query={sources} rows={12}>
        {(items) => <Catalogue sources={items} />}
      </Answer>
    </Page>
  );
}

function Catalogue({ sources }: { sources: readonly Source[] }) {
  const text = useText(sourceText);
  const { get } = useUrl();
  const columns = useColumns();
  const all = collectedOf(sources);
  const rows = found(
    all,
    get('q') ?? '',
    bases.find((basis) => basis === get('basis')),
  );
  return (
    <>
      <Tiles>
        <Tile label={text('sources')} value={countText(sources.length)} />
        <Tile label={text('feeds')} value={countText(all.length)} />
        {bases.map((basis) => (
          <Tile key={basis} label={text(basis)} value={countText(found(all, '', basis).length)} />
        ))}
      </Tiles>
      <FilterBar keys={['q', 'basis']}>
        <SearchFilter name="q" label={text('search')} />
        <SelectFilter
          name="basis"
          label={text('basis')}
          options={bases.map((value) => ({ value, label: text(value) }))}
        />
      </FilterBar>
      <Section
        title={text('caption')}
        note={text('shown', { count: rows.length })}
        actions={<ExportCsv name="sources" columns={columns} rows={() => Promise.resolve({ rows, cut: false })} />}
        flush
      >
        {rows.length === 0 ? (
          <Empty why={text('none')} />
        ) : (
          <DataTable caption={text('caption')} columns={columns} rows={rows} rowKey={({ feed }) => feed} />
        )}
      </Section>
    </>
  );
}

function useColumns(): Column<Collected>[] {
  const text = useText(sourceText);
  const { language } = useLanguage();
  const listing = useListing();
  const { data: me } = useMe();
  const linked = ({ codes }: Collected) =>
    mayEnter('/contracts', me?.roles ?? []) &&
    (me?.organisation.kind !== 'source' || codes.includes(me.organisation.code));
  const words: Readonly<Record<string, string>> = sourceText[language];
  const kinds = ({ kinds: of }: Collected) => listing(of.map((kind) => words[`kind.${kind}`] ?? kind));
  const from = ({ sources }: Collected) => listing(sources);
  return [
    {
      key: 'feed',
      title: text('feed'),
      cell: (one) => (
        <>
          {linked(one) ? <Link to={contractPath(one.feed)}>{one.title}</Link> : one.title}
          <p className="quiet">
            <code>{one.feed}</code>
          </p>
        </>
      ),
      text: ({ title }) => title,
    },
    {
      key: 'source',
      title: text('source'),
      cell: (one) => (
        <>
          {from(one)}
          <p className="quiet">{kinds(one)}</p>
        </>
      ),
      text: from,
    },
    wordColumn('basis', text('basis'), ({ basis }) => text(basis)),
    {
      key: 'use',
      title: text('use'),
      cell: ({ allowedUse }) => <span lang="zh">{allowedUse}</span>,
      text: ({ allowedUse }) => allowedUse,
    },
  ];
}

/** For an operator who has just put a file in place; it would be seen within half a minute anyway. */
function Reload() {
  const text = useText(sourceText);
  const { message } = App.useApp();
  const reload = useContractReload();
  const run = () =>
    reload.mutate(undefined, {
      onSuccess: ({ reloaded, feeds }) =>
        void message.success(text(reloaded ? 'reloaded' : 'reloadedSame', { feeds: countText(feeds) })),
    });
  return (
    <>
      <Button loading={reload.isPending} onClick={run}>
        {text('reload')}
      </Button>
      {reload.error ? <ProblemView error={reload.error} /> : null}
    </>
  );
}
