import { App } from 'antd';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { Code } from '../parts/code.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SearchFilter, SelectFilter } from '../parts/filter-bar.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { codeStates, loadAllowedCodes, useCodeEnd, type AllowedCode } from './account.query.js';
import { accountText } from './account.text.js';

/** Codes that pass although their check character is wrong: who may see why, and take one back. */
export function AllowedCodes() {
  const text = useText(accountText);
  const { get } = useUrl();
  const state = codeStates.find((one) => one === get('state'));
  const uscc = get('uscc')?.toUpperCase();
  return (
    <>
      <FilterBar keys={['state', 'uscc']}>
        <SearchFilter name="uscc" label={text('codes.uscc')} />
        <SelectFilter
          name="state"
          label={text('state')}
          options={codeStates.map((value) => ({ value, label: text(`codes.${value}`) }))}
        />
      </FilterBar>
      <Section title={text('codes.title')} note={text('codes.note')} flush>
        <CursorTable
          caption={text('codes.title')}
          name={['allowed-codes', state, uscc]}
          load={loadAllowedCodes(state, uscc)}
          columns={useColumns()}
          rowKey={({ uscc: code, addedAt }) => code + addedAt}
          empty={<Empty why={text('codes.none')} />}
          exportName="allowed-codes"
        />
      </Section>
    </>
  );
}

function useColumns(): Column<AllowedCode>[] {
  const text = useText(accountText);
  const { data: me } = useMe();
  const mayEnd = me?.roles.includes('operator') ?? false;
  return [
    {
      key: 'state',
      title: text('state'),
      cell: ({ state }) => (
        <StatusTag tone={state === 'IN_FORCE' ? 'good' : 'still'}>{text(`codes.${state}`)}</StatusTag>
      ),
      text: ({ state }) => text(`codes.${state}`),
    },
    { key: 'uscc', title: text('codes.uscc'), cell: ({ uscc }) => <Code value={uscc} />, text: ({ uscc }) => uscc },
    wordColumn('why', text('codes.why'), ({ reason }) => reason),
    {
      key: 'added',
      title: text('codes.added'),
      cell: ({ addedAt }) => <When at={addedAt} />,
      text: ({ addedAt }) => addedAt,
    },
    {
      key: 'ended',
      title: text('codes.ended'),
      cell: ({ endedAt, endReason }) => (
        <>
          <When at={endedAt} />
          {endReason ? <p className="quiet">{endReason}</p> : null}
        </>
      ),
      text: ({ endedAt, endReason }) => [endedAt, endReason].filter(Boolean).join(' '),
    },
    {
      key: 'act',
      title: '',
      cell: ({ uscc, state }) => (mayEnd && state === 'IN_FORCE' ? <TakeOff uscc={uscc} /> : null),
    },
  ];
}

function TakeOff({ uscc }: { uscc: string }) {
  const text = useText(accountText);
  const { message } = App.useApp();
  const end = useCodeEnd();
  const act = async (reason: string) => {
    await end.mutateAsync({ uscc, reason });
    message.success(text('codes.endDone'));
  };
  return <ActWithNote label={text('codes.end')} what={<p>{text('codes.endWhat', { uscc })}</p>} act={act} of={end} />;
}
