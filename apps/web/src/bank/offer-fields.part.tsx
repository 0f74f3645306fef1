import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input, InputNumber, Segmented, Select } from 'antd';
import dayjs from 'dayjs';

import { useText } from '../frame/language.part.js';
import { addDays, rateText } from '../parts/format.rules.js';
import { MoneyField } from '../parts/money-field.part.js';
import { repayments, securities, useChoices } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import type { Quote } from './case.query.js';
import { quoteOf, type OfferFields } from './offer-draft.rules.js';
import { workText } from './work.text.js';

const wide = { width: '100%' };
const feeKinds = ['GUARANTEE', 'VALUATION', 'INSURANCE', 'REGISTRATION', 'NOTARY', 'SERVICE', 'OTHER'] as const;
const timings = ['UPFRONT', 'MONTHLY', 'YEARLY', 'AT_END'] as const;

interface FieldSetProps {
  readonly basis: OfferFields['basis'];
  readonly today: string;
  readonly quotes: readonly Quote[];
  readonly rateBp: number | undefined;
  readonly fields: Pick<OfferFields, 'tenor' | 'spreadBp'>;
}

export function OfferFieldSet({ basis, today, quotes, rateBp, fields }: FieldSetProps) {
  const text = useText(bankText);
  const work = useText(workText);
  const choices = useChoices();
  return (
    <>
      <Form.Item name="basis" label={work('rate.basis')}>
        <Segmented options={(['FIXED', 'LPR'] as const).map((value) => ({ value, label: work(`rate.${value}`) }))} />
      </Form.Item>
      <div className="triple">
        <Form.Item name="amountFen" label={text('offer.amount')}>
          <MoneyField />
        </Form.Item>
        {basis === 'FIXED' ? (
          <Form.Item name="ratePercent" label={text('offer.rate')}>
            <InputNumber min={0} max={36} step={0.05} precision={2} suffix="%" style={wide} />
          </Form.Item>
        ) : (
          <LprFields />
        )}
        <Form.Item name="termMonths" label={text('offer.term')}>
          <InputNumber min={1} max={360} precision={0} style={wide} />
        </Form.Item>
        <Form.Item name="repayment" label={text('offer.repayment')}>
          <Select options={choices('repayment', repayments)} />
        </Form.Item>
        <Form.Item name="security" label={text('offer.security')}>
          <Select options={choices('security', securities)} />
        </Form.Item>
        <Form.Item name="validTo" label={text('offer.validTo')}>
          <DatePicker minDate={dayjs(today)} maxDate={dayjs(addDays(today, 180))} allowClear={false} style={wide} />
        </Form.Item>
      </div>
      {basis === 'LPR' ? <LprSum quote={quoteOf(quotes, fields.tenor)} fields={fields} rateBp={rateBp} /> : null}
      <FeeFields />
      <Form.Item name="conditions" label={work('offer.conditions')}>
        <Input.TextArea rows={2} maxLength={1_000} />
      </Form.Item>
    </>
  );
}

function LprFields() {
  const text = useText(workText);
  return (
    <>
      <Form.Item name="tenor" label={text('rate.tenor')}>
        <Select options={(['1Y', '5Y'] as const).map((value) => ({ value, label: text(`rate.${value}`) }))} />
      </Form.Item>
      <Form.Item name="spreadBp" label={text('rate.spread')}>
        <InputNumber min={-1_000} max={3_600} step={5} precision={0} style={wide} />
      </Form.Item>
    </>
  );
}

interface LprSumProps {
  readonly quote: Quote | undefined;
  readonly fields: Pick<OfferFields, 'spreadBp'>;
  readonly rateBp: number | undefined;
}

/** What the rate comes to today; the service takes the quote of the day on which the offer is made. */
function LprSum({ quote, fields, rateBp }: LprSumProps) {
  const text = useText(workText);
  if (!quote) return <p className="notice">{text('rate.none')}</p>;
  const spread = fields.spreadBp ?? 0;
  const figures = {
    lpr: rateText(quote.rateBp),
    day: quote.publishedOn,
    spread: `${spread < 0 ? '−' : '+'} ${Math.abs(spread)}`,
    rate: rateText(rateBp ?? quote.rateBp + spread),
  };
  return (
    <p className="quiet">
      {text('rate.sum', figures)}
      {quote.verified ? '' : ` · ${text('rate.unverified')}`}
    </p>
  );
}

function FeeFields() {
  const text = useText(workText);
  const kinds = feeKinds.map((value) => ({ value, label: text(`fee.${value}`) }));
  const times = timings.map((value) => ({ value, label: text(`timing.${value}`) }));
  return (
    <Form.List name="fees">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className="triple">
              <Form.Item name={[name, 'kind']} label={text('fees.kind')}>
                <Select options={kinds} />
              </Form.Item>
              <Form.Item name={[name, 'timing']} label={text('fees.timing')}>
                <Select options={times} />
              </Form.Item>
              <div className="page-actions">
                <Form.Item name={[name, 'amountFen']} label={text('fees.amount')}>
                  <MoneyField />
                </Form.Item>
                <Button
                  type="text"
                  aria-label={text('fees.remove')}
                  icon={<DeleteOutlined aria-hidden />}
                  onClick={() => remove(name)}
                />
              </div>
            </div>
          ))}
          <Form.Item>
            <Button
              size="small"
              icon={<PlusOutlined aria-hidden />}
              disabled={rows.length >= 12}
              onClick={() => add({ kind: 'GUARANTEE', timing: 'UPFRONT' })}
            >
              {text('fees.add')}
            </Button>
          </Form.Item>
        </>
      )}
    </Form.List>
  );
}
