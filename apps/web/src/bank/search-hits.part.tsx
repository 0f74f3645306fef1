import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { bandText } from '../parts/format.rules.js';
import { Empty } from '../parts/states.part.js';
import { TierTag, useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { boardText } from './board.text.js';
import { loadHits, type Search, type SearchHit } from './lead.query.js';

/** How many needs a search has found, and which, a click away. */
export function SearchHits({ search }: { search: Search }) {
  const text = useText(boardText);
  const [open, setOpen] = useState(false);
  const columns = useColumns();
  if (search.hits === 0) return 0;
  return (
    <>
      <Button type="link" className="inline figure" onClick={() => setOpen(true)}>
        {search.hits}
      </Button>
      <Drawer
        title={`${text('search.hits')} · ${search.name}`}
        open={open}
        onClose={() => setOpen(false)}
        size={720}
        destroyOnHidden
      >
        <CursorTable
          caption={text('search.hits')}
          name={['searches', search.id, 'hits']}
          load={loadHits(search.id)}
          columns={columns}
          rowKey={({ needId }) => needId}
          empty={<Empty why={text('search.none')} />}
        />
      </Drawer>
    </>
  );
}

function useColumns(): Column<SearchHit>[] {
  const text = useText(bankText);
  const board = useText(boardText);
  const word = useWord();
  const listing = useListing();
  const { language } = useLanguage();
  return [
    { key: 'at', title: board('hit.at'), cell: ({ foundAt }) => <When at={foundAt} /> },
    {
      key: 'what',
      title: board('search.what'),
      cell: ({ district, industry, purpose, tier }) => (
        <>
          {purpose}
          <p className="quiet">{listing([word('district', district), word('industry', industry)])}</p>
          <TierTag tier={tier} />
        </>
      ),
    },
    { key: 'amount', title: text('products.amount'), cell: ({ amountBand }) => bandText(amountBand, language) },
    {
      key: 'term',
      title: text('products.term'),
      numeric: true,
      cell: ({ termMonths }) => text('lead.months', { months: termMonths }),
    },
    { key: 'security', title: text('products.security'), cell: ({ security }) => word('security', security) },
    {
      key: 'act',
      title: '',
      cell: ({ needId }) => <Link to={`/bank/leads?need=${needId}`}>{board('hit.why')}</Link>,
    },
  ];
}
