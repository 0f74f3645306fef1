import { App, Button, DatePicker, Form, Input, InputNumber, Modal, Segmented } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { Rate, When } from '../parts/figures.part.js';
import { dayOf, rateText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { partsText } from '../parts/parts.text.js';
import { Answer, Empty, ProblemView } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useQuote, useQuotes, type LprQuote } from './market.query.js';
import { marketText } from './market.text.js';

/** Loan prime rates: one operator enters a quote, another one compares it with the publication. */
export function LprQuotes() {
  const text = useText(marketText);
  const quotes = useQuotes();
  return (
    <Section title={text('lpr.title')} note={text('lpr.note')} actions={<EnterQuote />} flush>
      <Answer query={quotes} rows={8}>
        {({ items }) => (items.length === 0 ? <Empty why={text('lpr.none')} /> : <QuoteTable quotes={items} />)}
      </Answer>
    </Section>
  );
}

function QuoteTable({ quotes }: { quotes: readonly LprQuote[] }) {
  const text = useText(marketText);
  const { data: me } = useMe();
  // The newest entry of a day stands; the list has it first.
  const stands = (quote: LprQuote) =>
    quotes.find(({ tenor, publishedOn }) => tenor === quote.tenor && publishedOn === quote.publishedOn) === quote;
  const columns: Column<LprQuote>[] = [
    {
      key: 'day',
      title: text('lpr.publishedOn'),
      cell: ({ publishedOn }) => <When at={publishedOn} />,
      text: ({ publishedOn }) => publishedOn,
    },
    wordColumn('tenor', text('lpr.tenor'), ({ tenor }) => text(`lpr.${tenor}`)),
    { key: 'rate', title: text('lpr.rate'), numeric: true, cell: ({ rateBp }) => <Rate bp={rateBp} /> },
    { key: 'source', title: text('lpr.source'), cell: ({ source }) => <span lang="zh">{source}</span> },
    { key: 'state', title: text('lpr.state'), cell: (quote) => <QuoteState quote={quote} stands={stands(quote)} /> },
    {
      key: 'act',
      title: '',
      cell: (quote) => {
        if (quote.verified || !stands(quote)) return null;
        const own = quote.recordedBy !== null && quote.recordedBy === me?.id;
        return own ? <span className="quiet">{text('lpr.own')}</span> : <Compare quote={quote} />;
      },
    },
  ];
  return <DataTable caption={text('lpr.title')} columns={columns} rows={quotes} rowKey={({ id }) => id} />;
}

function QuoteState({ quote: { verified }, stands }: { quote: LprQuote; stands: boolean }) {
  const text = useText(marketText);
  if (!stands) return <StatusTag tone="still">{text('lpr.replaced')}</StatusTag>;
  return <StatusTag tone={verified ? 'good' : 'warn'}>{text(verified ? 'lpr.verified' : 'lpr.unverified')}</StatusTag>;
}

function Compare({ quote: { tenor, publishedOn, rateBp, source } }: { quote: LprQuote }) {
  const text = useText(marketText);
  const { message } = App.useApp();
  const quote = useQuote();
  const act = async () => {
    await quote.mutateAsync({ tenor, publishedOn, rateBp, source, verified: true });
    message.success(text('lpr.compared'));
  };
  const figures = { tenor: text(`lpr.${tenor}`), day: publishedOn, rate: rateText(rateBp) };
  return (
    <ConfirmAct
      label={text('lpr.compare')}
      title={text('lpr.compare')}
      what={<p>{text('lpr.compareWhat', figures)}</p>}
      confirm={text('lpr.compare')}
      button={{ size: 'small' }}
      act={act}
      busy={quote.isPending}
      error={quote.error}
    />
  );
}

function EnterQuote() {
  const text = useText(marketText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" type="primary" onClick={() => setOpen(true)}>
        {text('lpr.enter')}
      </Button>
      <Modal open={open} title={text('lpr.enter')} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <QuoteForm close={() => setOpen(false)} />
      </Modal>
    </>
  );
}

interface Fields {
  readonly tenor: LprQuote['tenor'];
  readonly publishedOn: Dayjs;
  readonly percent: number;
  readonly source: string;
}

function QuoteForm({ close }: { close: () => void }) {
  const text = useText(marketText);
  const parts = useText(partsText);
  const { message } = App.useApp();
  const quote = useQuote();
  const today = dayjs(dayOf(new Date()));
  const submit = async ({ tenor, publishedOn, percent, source }: Fields) => {
    const body = { tenor, publishedOn: publishedOn.format('YYYY-MM-DD'), rateBp: Math.round(percent * 100) };
    await quote.mutateAsync({ ...body, source: source.trim(), verified: false });
    message.success(text('lpr.done'));
    close();
  };
  const rules = [{ required: true, message: parts('required') }];
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      initialValues={{ tenor: '1Y', publishedOn: today }}
      onFinish={(fields: Fields) => void submit(fields).catch(() => undefined)}
    >
      <p className="quiet">{text('lpr.enterWhat')}</p>
      <Form.Item name="tenor" label={text('lpr.tenor')}>
        <Segmented options={(['1Y', '5Y'] as const).map((value) => ({ value, label: text(`lpr.${value}`) }))} />
      </Form.Item>
      <Form.Item name="publishedOn" label={text('lpr.publishedOn')} rules={rules}>
        <DatePicker maxDate={today} allowClear={false} />
      </Form.Item>
      <Form.Item name="percent" label={text('lpr.percent')} rules={rules}>
        <InputNumber precision={2} min={0} max={24} step={0.05} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="source" label={text('lpr.source')} rules={[{ ...rules[0], whitespace: true }]}>
        <Input maxLength={300} />
      </Form.Item>
      {quote.error ? <ProblemView error={quote.error} /> : null}
      <Button type="primary" htmlType="submit" loading={quote.isPending}>
        {text('lpr.submit')}
      </Button>
    </Form>
  );
}
