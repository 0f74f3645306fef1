import { Button, Drawer } from 'antd';

import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Facts, Section } from '../parts/page.part.js';
import { Answer, Empty, useCodeWords } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { canCheck, useDrawCheck } from './draw-check.query.js';
import { loadDraws, useDraw, type Draw, type DrawSummary } from './watch.query.js';
import { watchText } from './watch.text.js';

/** Draws that were held, each with everything that it takes to draw it again. */
export function Draws() {
  const text = useText(watchText);
  const { get, set } = useUrl();
  const need = get('need');
  const numbers = ['entries', 'placed', 'waiting', 'passed'] as const;
  const columns: Column<DrawSummary>[] = [
    { key: 'at', title: text('draw.heldAt'), cell: ({ heldAt }) => <When at={heldAt} /> },
    { key: 'need', title: text('draw.need'), cell: ({ needId }) => <Code value={needId} /> },
    ...numbers.map((key) => ({
      key,
      title: text(`draw.${key}`),
      numeric: true,
      cell: (draw: DrawSummary) => draw[key],
    })),
    {
      key: 'act',
      title: '',
      cell: ({ needId }) => (
        <Button size="small" onClick={() => set({ need: needId })}>
          {text('draw.check')}
        </Button>
      ),
    },
  ];
  return (
    <Section title={text('tab.draws')} note={text('draws.note')} flush>
      <CursorTable
        caption={text('tab.draws')}
        name={['draws', 'list']}
        load={loadDraws}
        columns={columns}
        rowKey={({ needId }) => needId}
        empty={<Empty why={text('draws.none')} />}
      />
      <Drawer title={text('draw.check')} open={need !== undefined} onClose={() => set({ need: undefined })} size={720}>
        {need ? <OneDraw needId={need} /> : null}
      </Drawer>
    </Section>
  );
}

function OneDraw({ needId }: { needId: string }) {
  return <Answer query={useDraw(needId)}>{(draw) => <DrawSheet draw={draw} />}</Answer>;
}

function DrawSheet({ draw }: { draw: Draw }) {
  const text = useText(watchText);
  const wordsOf = useCodeWords();
  const check = useDrawCheck(draw);
  return (
    <>
      <Facts
        items={[
          [text('draw.commitment'), <Code value={draw.commitment} />],
          [text('draw.secret'), <Code value={draw.secret} />],
          [text('draw.seed'), <Code value={draw.seed} />],
        ]}
      />
      <p className="gap">{text(canCheck() ? 'draw.recomputed' : 'draw.unsafe')}</p>
      {canCheck() ? <Recomputed check={check} /> : null}
      <DataTable
        caption={text('draw.entries')}
        rows={draw.entries}
        rowKey={({ id }) => id}
        columns={[
          { key: 'place', title: '#', numeric: true, cell: (entry) => draw.entries.indexOf(entry) + 1 },
          { key: 'id', title: text('draw.entry'), cell: ({ id }) => <Code value={id} /> },
          { key: 'ticket', title: text('draw.ticket'), cell: ({ ticket }) => <code>{ticket.slice(0, 16)}…</code> },
          {
            key: 'outcome',
            title: text('draw.outcome'),
            cell: ({ outcome, reason }) =>
              text(`entry.${outcome}`) + (reason ? ` · ${wordsOf(`MARKETPLACE.${reason}`, reason)}` : ''),
          },
        ]}
      />
    </>
  );
}

/** What came of computing it anew, right here. */
function Recomputed({ check }: { check: ReturnType<typeof useDrawCheck> }) {
  const text = useText(watchText);
  return (
    <Answer query={check}>
      {(found) => (
        <ul className="reasons">
          {(['commitment', 'seed', 'order'] as const).map((name) => (
            <li key={name}>
              <StatusTag tone={found[name] ? 'good' : 'bad'}>
                {text(`draw.${name}.${found[name] ? 'right' : 'wrong'}`)}
              </StatusTag>
            </li>
          ))}
        </ul>
      )}
    </Answer>
  );
}
