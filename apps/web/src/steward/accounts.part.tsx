import { Select } from 'antd';
import { Link } from 'react-router';

import { useFeedTitle } from '../client/feed-title.query.js';
import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SearchFilter, SelectFilter } from '../parts/filter-bar.part.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { loadMappings, mappingStates, useAccountFeeds, type Contract, type Mapping } from './account.query.js';
import { accountText } from './account.text.js';
import { EndAccount } from './end-account.part.js';
import { MapAccounts } from './map-accounts.part.js';

const tones: Record<Mapping['state'], Tone> = { IN_FORCE: 'good', ENDED: 'still', REPLACED: 'still' };

/** Whose meters and accounts are, feed by feed: for rows that come without a code. */
export function Accounts() {
  const text = useText(accountText);
  const feeds = useAccountFeeds();
  return (
    <Answer query={feeds}>
      {(contracts) =>
        contracts.length === 0 ? <Empty why={text('noFeeds')} /> : <AccountsOfFeeds contracts={contracts} />
      }
    </Answer>
  );
}

const isCode = (words: string) => /^[0-9A-Z]{18}$/i.test(words);

function AccountsOfFeeds({ contracts }: { contracts: readonly Contract[] }) {
  const text = useText(accountText);
  const titleOf = useFeedTitle();
  const { get, set } = useUrl();
  const contract = contracts.find(({ feed }) => feed === get('feed')) ?? contracts[0]!;
  const words = get('account');
  const filter = {
    state: mappingStates.find((state) => state === get('state')),
    ...(words ? (isCode(words) ? { uscc: words.toUpperCase() } : { account: words }) : {}),
  };
  const filtered = Object.values(filter).some(Boolean);
  return (
    <>
      <FilterBar keys={['state', 'account']}>
        <Select
          aria-label={text('feed')}
          value={contract.feed}
          options={contracts.map(({ feed }) => ({ value: feed, label: titleOf(feed) }))}
          popupMatchSelectWidth={false}
          style={{ width: 240 }}
          onChange={(feed: string) => set({ feed })}
        />
        <SearchFilter name="account" label={text('search')} />
        <SelectFilter
          name="state"
          label={text('state')}
          options={mappingStates.map((value) => ({ value, label: text(value) }))}
        />
      </FilterBar>
      <Section
        title={text('title')}
        note={text('note')}
        actions={<MapAccounts key={contract.feed} contract={contract} />}
        flush
      >
        <CursorTable
          caption={text('title')}
          name={['accounts', contract.feed, filter]}
          load={loadMappings(contract.feed, filter)}
          columns={useColumns(contract)}
          rowKey={({ number }) => String(number)}
          empty={<Empty why={text(filtered ? 'noneFound' : 'none')} />}
          exportName={`accounts-${contract.feed}`}
        />
      </Section>
    </>
  );
}

/** The values that name an account, as people say them: 电 3201001. */
export const accountWords = ({ account }: Mapping, { accountBy }: Contract): string =>
  accountBy.map((field) => account[field] ?? '').join(' ');

function useColumns(contract: Contract): Column<Mapping>[] {
  const text = useText(accountText);
  const words = (mapping: Mapping) => accountWords(mapping, contract);
  return [
    {
      key: 'state',
      title: text('state'),
      cell: ({ state }) => <StatusTag tone={tones[state]}>{text(state)}</StatusTag>,
      text: ({ state }) => text(state),
    },
    { key: 'account', title: text('account'), cell: (mapping) => <code>{words(mapping)}</code>, text: words },
    {
      key: 'enterprise',
      title: text('enterprise'),
      cell: (mapping) => <Whose mapping={mapping} />,
      text: ({ uscc, name }) => (uscc === null ? text('nobody') : `${name ?? ''} ${uscc}`.trim()),
    },
    wordColumn('reason', text('reason'), ({ reason }) => reason ?? '—'),
    {
      key: 'added',
      title: text('added'),
      cell: ({ addedAt }) => <When at={addedAt} />,
      text: ({ addedAt }) => addedAt,
    },
    { key: 'records', title: text('records'), cell: (mapping) => <Records mapping={mapping} /> },
    {
      key: 'act',
      title: '',
      cell: (mapping) =>
        mapping.state === 'IN_FORCE' ? <EndAccount mapping={mapping} words={words(mapping)} /> : null,
    },
  ];
}

function Whose({ mapping: { uscc, name } }: { mapping: Mapping }) {
  const text = useText(accountText);
  if (uscc === null) return <span className="quiet">{text('nobody')}</span>;
  return (
    <>
      {name ?? <span className="quiet">{text('unknownName')}</span>}
      <p>
        <Code value={uscc} />
      </p>
    </>
  );
}

/** Whether records were to go along, and as which delivery they went. */
function Records({ mapping: { moves, carriedOutAt, redeliveryId } }: { mapping: Mapping }) {
  const text = useText(accountText);
  if (!moves) return <>{text('STAY')}</>;
  if (!carriedOutAt) return <StatusTag tone="busy">{text('moving')}</StatusTag>;
  return redeliveryId ? (
    <Link to={`/operator/batches/${redeliveryId}`}>{text('moved.batch')}</Link>
  ) : (
    <span className="quiet">{text('moved.none')}</span>
  );
}
