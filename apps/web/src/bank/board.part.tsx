import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { TableFoot, type Slice } from '../parts/cursor-table.part.js';
import { DataTable } from '../parts/data-table.part.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { usePageTrail } from '../parts/url.query.js';
import { bankText } from './bank.text.js';
import { settle } from './board.rules.js';
import { boardText } from './board.text.js';
import { GrabLead } from './grab-lead.part.js';
import { JoinLine } from './join-line.part.js';
import { useLeadColumns, type Act } from './lead-columns.part.js';
import { LeadFilters, SortChoice, useLeadFilter } from './lead-filter.part.js';
import { loadLeads, type Lead, type LeadFilter } from './lead.query.js';
import { SaveSearch } from './save-search.part.js';

type Room = 'LEFT' | 'FULL';

/** Leads that may be taken, or those without a place, which have a line; asked for again every five seconds. */
export function Board({ room }: { room: Room }) {
  const text = useText(bankText);
  const words = useText(boardText);
  const filter: LeadFilter = { ...useLeadFilter(), room };
  const { cursor } = usePageTrail();
  useLive(['search.', 'waiting.'], ['leads']);
  const load = loadLeads(filter);
  const leads = useQuery({
    queryKey: ['leads', filter, 'page', cursor],
    queryFn: () => load({ limit: 20, cursor }),
    refetchInterval: 5_000,
  });
  const actions = (
    <>
      <SortChoice />
      {room === 'LEFT' ? <SaveSearch filter={filter} /> : null}
    </>
  );
  return (
    <>
      <LeadFilters />
      <Section
        title={room === 'LEFT' ? text('leads.caption') : words('tab.full')}
        note={room === 'LEFT' ? text('leads.live') : words('full.note')}
        actions={actions}
        flush
      >
        <Answer query={leads} rows={8}>
          {(slice) => <HeldBoard key={JSON.stringify([filter, cursor])} room={room} slice={slice} load={load} />}
        </Answer>
      </Section>
    </>
  );
}

interface HeldBoardProps {
  readonly room: Room;
  readonly slice: Slice<Lead>;
  readonly load: ReturnType<typeof loadLeads>;
}

/** While the pointer or the keyboard is in the table, no row moves: new ones wait behind a button. */
function HeldBoard({ room, slice, load }: HeldBoardProps) {
  const text = useText(bankText);
  const words = useText(boardText);
  const { page } = usePageTrail();
  const [reading, setReading] = useState(false);
  const [held, hold] = useState(slice.items);
  const [acting, act] = useState<Lead>();
  const openedAt = useRef(new Date().toISOString());
  const mayAct = useMe().data?.roles.includes('account-manager');
  if (!reading && held !== slice.items) hold(slice.items);
  const { rows, fresh } = settle(held, slice.items);
  const gone = new Set(rows.filter((row) => row.gone).map(({ lead }) => lead.needId));
  const columns = useLeadColumns({ room, gone, act: mayAct ? act : undefined } satisfies Act);
  const classOf = ({ needId, publishedAt }: Lead) =>
    gone.has(needId) ? 'gone' : publishedAt > openedAt.current ? 'fresh' : undefined;
  const empty = <Empty why={room === 'LEFT' ? text('leads.none') : words('full.none')} />;
  return (
    <div
      onPointerEnter={() => setReading(true)}
      onPointerLeave={() => setReading(false)}
      onFocus={() => setReading(true)}
      onBlur={() => setReading(false)}
    >
      {fresh > 0 ? (
        <Button type="primary" block role="status" onClick={() => hold(slice.items)}>
          {words('new.bar', { count: fresh })}
        </Button>
      ) : null}
      {rows.length === 0 && page === 1 ? (
        empty
      ) : (
        <>
          <DataTable
            caption={room === 'LEFT' ? text('leads.caption') : words('tab.full')}
            columns={columns}
            rows={rows.map(({ lead }) => lead)}
            rowKey={({ needId }) => needId}
            rowClass={classOf}
          />
          <TableFoot slice={slice} columns={columns} load={load} exportName="leads" />
        </>
      )}
      {room === 'LEFT' ? <GrabLead lead={acting} close={() => act(undefined)} /> : null}
      {room === 'FULL' ? <JoinLine lead={acting} close={() => act(undefined)} /> : null}
    </div>
  );
}
