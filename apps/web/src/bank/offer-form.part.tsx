import { App, Form } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';

import { useLanguage, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { addDays, dayOf, moneyText, rateText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { useOffer, type CaseDetail } from './case.query.js';
import { costOfDraft, draftOf, type DraftCost, type OfferDraft, type OfferFields } from './offer-draft.rules.js';
import { OfferFieldSet } from './offer-fields.part.js';
import { useLpr } from './work.query.js';
import { workText } from './work.text.js';

type Typed = Omit<OfferFields, 'validTo'> & { readonly validTo?: Dayjs };

/** The total annual cost is reckoned while one types, as the enterprise will see it. */
export function OfferForm({ file }: { file: CaseDetail }) {
  const text = useText(bankText);
  const today = dayOf(new Date());
  const { data } = useLpr();
  const quotes = data?.items ?? [];
  const [initial] = useState(() => startOf(file, today));
  const [typed, type] = useState(initial);
  const draft = draftOf({ ...typed, validTo: typed.validTo?.format('YYYY-MM-DD') }, quotes);
  return (
    <Section title={text('offer.title')}>
      <Form
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onValuesChange={(_changed, all: Typed) => type(all)}
      >
        <OfferFieldSet basis={typed.basis} today={today} quotes={quotes} rateBp={draft?.rateBp} fields={typed} />
      </Form>
      <OfferSummary file={file} draft={draft} today={today} />
    </Section>
  );
}

/** A revision begins with the offer that stands; a first one with what the enterprise wished. */
function startOf(file: CaseDetail, today: string): Typed {
  const standing = file.offers.findLast(({ status }) => status === 'OPEN');
  const { annualRateBp: rateBp, ...terms } = standing ? termsOf(standing) : wishOf(file);
  const validTo = dayjs(addDays(today, 15));
  return { ...terms, validTo, ...(rateBp === null ? {} : { ratePercent: rateBp / 100 }) };
}

const termsOf = (offer: CaseDetail['offers'][number]) => ({
  amountFen: offer.amountFen,
  annualRateBp: offer.annualRateBp,
  basis: offer.rateBasis,
  tenor: offer.lpr?.tenor ?? '1Y',
  spreadBp: offer.lpr?.spreadBp ?? 0,
  termMonths: offer.termMonths,
  repayment: offer.repayment,
  security: offer.security,
  fees: offer.fees,
  conditions: offer.conditions ?? '',
});

const wishOf = (file: CaseDetail) => ({
  amountFen: file.intendedFen,
  annualRateBp: file.annualRateBpMax,
  basis: 'FIXED' as const,
  tenor: '1Y' as const,
  spreadBp: 0,
  termMonths: file.termMonths,
  repayment: 'INTEREST_FIRST' as const,
  security: file.security,
  fees: [],
  conditions: '',
});

interface SummaryProps {
  readonly file: CaseDetail;
  readonly draft: OfferDraft | null;
  readonly today: string;
}

function OfferSummary({ file, draft, today }: SummaryProps) {
  const text = useText(bankText);
  const work = useText(workText);
  const { language } = useLanguage();
  const cost = draft ? costOfDraft(draft, today) : null;
  const above = draft !== null && file.annualRateBpMax !== null && draft.rateBp > file.annualRateBpMax;
  return (
    <>
      <p className="sum" aria-live="polite">
        {work('offer.irr')} <strong className="figure">{cost ? rateText(cost.irrBp) : '—'}</strong>
        {' · '}
        {work('offer.simple')} <span className="figure">{cost ? rateText(cost.annualCostBp) : '—'}</span>
        {' · '}
        {text('offer.total')} <strong className="figure">{cost ? moneyText(cost.totalFen, language) : '—'}</strong>
      </p>
      {above ? <p className="notice">{text('offer.aboveMax', { rate: rateText(file.annualRateBpMax ?? 0) })}</p> : null}
      <SendOffer id={file.id} draft={draft} cost={cost} />
    </>
  );
}

interface SendOfferProps {
  readonly id: string;
  readonly draft: OfferDraft | null;
  readonly cost: DraftCost | null;
}

function SendOffer({ id, draft, cost }: SendOfferProps) {
  const text = useText(bankText);
  const { message } = App.useApp();
  const sending = useOffer(id);
  const figuresOf = useFigures();
  const act = async () => {
    if (!draft) return;
    await sending.mutateAsync(draft.body);
    message.success(text('offer.done'));
  };
  return (
    <ConfirmAct
      label={text('offer.submit')}
      title={text('offer.confirmTitle')}
      what={<p>{text('offer.confirmWhat', draft && cost ? figuresOf(draft, cost) : undefined)}</p>}
      confirm={text('offer.confirm')}
      button={{ type: 'primary', disabled: draft === null }}
      act={act}
      busy={sending.isPending}
      error={sending.error}
    />
  );
}

function useFigures() {
  const word = useWord();
  const { language } = useLanguage();
  return ({ body, rateBp }: OfferDraft, cost: DraftCost) => ({
    amount: moneyText(body.amountFen, language),
    rate: rateText(rateBp),
    months: body.termMonths,
    repayment: word('repayment', body.repayment),
    fees: moneyText(cost.feesFen, language),
    cost: rateText(cost.irrBp),
    validTo: body.validTo,
  });
}
