import { Button, Drawer } from 'antd';
import { useState } from 'react';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { upkeepText } from '../operation/upkeep.text.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag, type Tone } from '../parts/status-tag.part.js';
import { useUrl } from '../parts/url.query.js';
import { DeadLetterView } from './dead-letter.part.js';
import {
  letterServices,
  loadLetters,
  type DeadLetter,
  type LetterService,
  type LetterState,
} from './dead-letter.query.js';
import { operatorText } from './operator.text.js';

const states: LetterState[] = ['PARKED', 'REPLAYED', 'DISCARDED'];
const tones: Record<LetterState, Tone> = { PARKED: 'bad', REPLAYED: 'good', DISCARDED: 'still' };

export function DeadLettersPage() {
  const text = useText(operatorText);
  const title = useText(frameText)('operator.deadLetters');
  return (
    <Page title={title} question={text('letters.question')}>
      <DeadLetters />
    </Page>
  );
}

/** Messages that could not be handled, per service. */
export function DeadLetters() {
  const text = useText(operatorText);
  const words = useText(upkeepText);
  const { get } = useUrl();
  const service = letterServices.find((name) => name === get('service')) ?? letterServices[0];
  const state = states.find((name) => name === get('state'));
  return (
    <>
      <FilterBar keys={['service', 'state']}>
        <SelectFilter
          name="service"
          label={`${text('letters.service')} · ${words(`service.${service}`)}`}
          width={200}
          options={letterServices.map((value) => ({ value, label: words(`service.${value}`) }))}
        />
        <SelectFilter
          name="state"
          label={text('letter.state')}
          options={states.map((value) => ({ value, label: text(`letter.${value}`) }))}
        />
      </FilterBar>
      <Letters service={service} state={state} />
    </>
  );
}

function Letters({ service, state }: { service: LetterService; state: LetterState | undefined }) {
  const text = useText(operatorText);
  const words = useText(upkeepText);
  const [open, setOpen] = useState<DeadLetter>();
  return (
    <Section title={`${text('letters.caption')} · ${words(`service.${service}`)}`} flush>
      <CursorTable
        caption={text('letters.caption')}
        name={['dead-letters', service, state]}
        load={loadLetters(service, state)}
        columns={useColumns(setOpen)}
        rowKey={({ id }) => id}
        empty={<Empty why={text('letters.none')} />}
        exportName={`dead-letters-${service}`}
      />
      <Drawer title={open?.topic} open={open !== undefined} onClose={() => setOpen(undefined)} size={620}>
        {open ? <DeadLetterView letter={open} service={service} done={() => setOpen(undefined)} /> : null}
      </Drawer>
    </Section>
  );
}

function useColumns(open: (letter: DeadLetter) => void): Column<DeadLetter>[] {
  const text = useText(operatorText);
  return [
    {
      key: 'state',
      title: text('letter.state'),
      cell: ({ state }) => <StatusTag tone={tones[state]}>{text(`letter.${state}`)}</StatusTag>,
      text: ({ state }) => text(`letter.${state}`),
    },
    {
      key: 'last',
      title: text('letter.last'),
      cell: ({ lastFailedAt }) => <When at={lastFailedAt} />,
      text: ({ lastFailedAt }) => lastFailedAt,
    },
    {
      key: 'topic',
      title: text('letter.topic'),
      cell: ({ topic }) => <code>{topic}</code>,
      text: ({ topic }) => topic,
    },
    { key: 'handler', title: text('letter.handler'), cell: ({ handler }) => handler, text: ({ handler }) => handler },
    {
      key: 'error',
      title: text('letter.error'),
      cell: ({ error }) => <span className="clamp">{error}</span>,
      text: ({ error }) => error,
    },
    {
      key: 'tries',
      title: text('letter.tries'),
      numeric: true,
      cell: ({ tries }) => tries,
      text: ({ tries }) => tries,
    },
    {
      key: 'act',
      title: '',
      cell: (letter) => (
        <Button size="small" onClick={() => open(letter)}>
          {text('letter.open')}
        </Button>
      ),
    },
  ];
}
