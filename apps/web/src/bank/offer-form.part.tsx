import { App, DatePicker, Form, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';

import { useLanguage, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { addDays, dayOf, moneyText, rateText } from '../parts/format.rules.js';
import { MoneyField } from '../parts/money-field.part.js';
import { Section } from '../parts/page.part.js';
import { costOf, type Cost } from '../parts/repayment.rules.js';
import { repayments, securities, useChoices, useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { useOffer, type CaseDetail, type NewOffer as OfferBody } from './case.query.js';

/** An offer at a rate of its own. */
type NewOffer = OfferBody & { readonly annualRateBp: number };

interface Fields {
  readonly amountFen?: string;
  readonly ratePercent?: number | null;
  readonly termMonths?: number | null;
  readonly repayment: NewOffer['repayment'];
  readonly security: NewOffer['security'];
  readonly feesFen?: string;
  readonly validTo: Dayjs;
}

/** The total annual cost is reckoned while one types, as the enterprise will see it. */
export function OfferForm({ file }: { file: CaseDetail }) {
  const text = useText(bankText);
  const today = dayOf(new Date());
  const initial: Fields = {
    amountFen: file.intendedFen,
    termMonths: file.termMonths,
    repayment: 'INTEREST_FIRST',
    security: file.security,
    feesFen: '0',
    validTo: dayjs(addDays(today, 15)),
    ...(file.annualRateBpMax === null ? {} : { ratePercent: file.annualRateBpMax / 100 }),
  };
  const [offer, setOffer] = useState<NewOffer | null>(() => offerOf(initial));
  return (
    <Section title={text('offer.title')}>
      <Form
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onValuesChange={(_changed, all: Fields) => setOffer(offerOf(all))}
      >
        <OfferFields latest={dayjs(addDays(today, 180))} earliest={dayjs(today)} />
      </Form>
      <OfferSummary file={file} offer={offer} />
    </Section>
  );
}

/** Null until the amount, the rate and the term are there. */
function offerOf(fields: Fields): NewOffer | null {
  if (!fields.amountFen || fields.amountFen === '0' || !fields.termMonths) return null;
  if (typeof fields.ratePercent !== 'number' || !fields.validTo) return null;
  return {
    amountFen: fields.amountFen,
    annualRateBp: Math.round(fields.ratePercent * 100),
    termMonths: fields.termMonths,
    repayment: fields.repayment,
    security: fields.security,
    feesFen: fields.feesFen ?? '0',
    validTo: fields.validTo.format('YYYY-MM-DD'),
  };
}

function OfferFields({ earliest, latest }: { earliest: Dayjs; latest: Dayjs }) {
  const text = useText(bankText);
  const choices = useChoices();
  const wide = { width: '100%' };
  return (
    <div className="triple">
      <Form.Item name="amountFen" label={text('offer.amount')}>
        <MoneyField />
      </Form.Item>
      <Form.Item name="ratePercent" label={text('offer.rate')}>
        <InputNumber min={0} max={36} step={0.05} precision={2} suffix="%" style={wide} />
      </Form.Item>
      <Form.Item name="termMonths" label={text('offer.term')}>
        <InputNumber min={1} max={360} precision={0} style={wide} />
      </Form.Item>
      <Form.Item name="repayment" label={text('offer.repayment')}>
        <Select options={choices('repayment', repayments)} />
      </Form.Item>
      <Form.Item name="security" label={text('offer.security')}>
        <Select options={choices('security', securities)} />
      </Form.Item>
      <Form.Item name="feesFen" label={text('offer.fees')}>
        <MoneyField />
      </Form.Item>
      <Form.Item name="validTo" label={text('offer.validTo')}>
        <DatePicker minDate={earliest} maxDate={latest} allowClear={false} style={wide} />
      </Form.Item>
    </div>
  );
}

function costOfOffer(offer: NewOffer): Cost {
  return costOf({ ...offer, amountFen: BigInt(offer.amountFen), feesFen: BigInt(offer.feesFen ?? '0') });
}

function OfferSummary({ file, offer }: { file: CaseDetail; offer: NewOffer | null }) {
  const text = useText(bankText);
  const { language } = useLanguage();
  const cost = offer ? costOfOffer(offer) : null;
  const above = offer !== null && file.annualRateBpMax !== null && offer.annualRateBp > file.annualRateBpMax;
  return (
    <>
      <p className="sum" aria-live="polite">
        {text('offer.cost')} <strong className="figure">{cost ? rateText(cost.annualCostBp) : '—'}</strong>
        {' · '}
        {text('offer.total')} <strong className="figure">{cost ? moneyText(cost.totalFen, language) : '—'}</strong>
      </p>
      {above ? <p className="notice">{text('offer.aboveMax', { rate: rateText(file.annualRateBpMax ?? 0) })}</p> : null}
      <SendOffer id={file.id} offer={offer} cost={cost} />
    </>
  );
}

function SendOffer({ id, offer, cost }: { id: string; offer: NewOffer | null; cost: Cost | null }) {
  const text = useText(bankText);
  const word = useWord();
  const { language } = useLanguage();
  const { message } = App.useApp();
  const sending = useOffer(id);
  const act = async () => {
    if (!offer) return;
    await sending.mutateAsync(offer);
    message.success(text('offer.done'));
  };
  const figures = offer
    ? {
        amount: moneyText(offer.amountFen, language),
        rate: rateText(offer.annualRateBp),
        months: offer.termMonths,
        repayment: word('repayment', offer.repayment),
        fees: moneyText(offer.feesFen ?? '0', language),
        cost: rateText(cost?.annualCostBp ?? 0),
        validTo: offer.validTo,
      }
    : undefined;
  return (
    <ConfirmAct
      label={text('offer.submit')}
      title={text('offer.confirmTitle')}
      what={<p>{text('offer.confirmWhat', figures)}</p>}
      confirm={text('offer.confirm')}
      button={{ type: 'primary', disabled: offer === null }}
      act={act}
      busy={sending.isPending}
      error={sending.error}
    />
  );
}
