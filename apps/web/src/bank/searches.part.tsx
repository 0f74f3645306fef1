import { Button, Segmented } from 'antd';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { boardText } from './board.text.js';
import { loadSearches, useEditSearch, useRemoveSearch, type Search, type WriteSearch } from './lead.query.js';
import { deliveries } from './save-search.part.js';
import { SearchHits } from './search-hits.part.js';
import { useSearchWords } from './search-words.part.js';

/** What one is told about, how soon, and a way back to the board with that filter. */
export function Searches() {
  const text = useText(boardText);
  return (
    <Section title={text('search.caption')} flush>
      <CursorTable
        caption={text('search.caption')}
        name={['searches']}
        load={loadSearches}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={<Empty why={text('search.none')} />}
      />
    </Section>
  );
}

function useColumns(): Column<Search>[] {
  const text = useText(boardText);
  const wordsOf = useSearchWords();
  return [
    { key: 'name', title: text('search.name'), cell: ({ name }) => <strong>{name}</strong> },
    { key: 'what', title: text('search.what'), cell: wordsOf },
    { key: 'hits', title: text('search.hits'), numeric: true, cell: (search) => <SearchHits search={search} /> },
    { key: 'delivery', title: text('search.delivery'), cell: (search) => <Delivery search={search} /> },
    {
      key: 'act',
      title: '',
      cell: (search) => (
        <span className="page-actions">
          <OpenSearch search={search} />
          <Remove search={search} />
        </span>
      ),
    },
  ];
}

function Delivery({ search }: { search: Search }) {
  const text = useText(boardText);
  const edit = useEditSearch(search.id);
  const { id: _id, hits: _hits, changedAt: _at, ...written } = search;
  return (
    <Segmented
      size="small"
      aria-label={text('search.delivery')}
      value={search.delivery}
      disabled={edit.isPending}
      options={deliveries.map((value) => ({ value, label: text(`search.${value}`) }))}
      onChange={(delivery) => edit.mutate({ ...(written as WriteSearch), delivery })}
    />
  );
}

/** The board filters by one value of each kind: the first of a search that holds several. */
function OpenSearch({ search }: { search: Search }) {
  const text = useText(boardText);
  const { set } = useUrl();
  const open = () =>
    set({
      tab: undefined,
      amountBand: search.amountBands[0],
      district: search.districts[0],
      industry: search.industries[0],
      tier: search.tiers[0],
      scoreBand: search.scoreBands[0],
      security: search.securities[0],
    });
  return (
    <Button size="small" onClick={open}>
      {text('search.open')}
    </Button>
  );
}

function Remove({ search }: { search: Search }) {
  const text = useText(boardText);
  const remove = useRemoveSearch();
  return (
    <ConfirmAct
      label={text('search.remove')}
      title={text('search.remove')}
      what={<p>{text('search.removeWhat', { name: search.name })}</p>}
      confirm={text('search.remove')}
      button={{ size: 'small' }}
      danger
      act={() => remove.mutateAsync(search.id)}
      busy={remove.isPending}
      error={remove.error}
    />
  );
}
