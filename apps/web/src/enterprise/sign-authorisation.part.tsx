import { App, Button, Checkbox, DatePicker, Form, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';

import type { components } from '../client/generated/credit.js';
import { useInstitutionName, useInstitutions } from '../client/institution.query.js';
import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { addDays, dayOf } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { useConsentText, useSigning, type Consent, type Limb, type Purpose } from './consent.query.js';
import { consentText } from './consent.text.js';

type Text = components['schemas']['AuthorisationTextResponse'];

interface Fields {
  readonly limbs?: Limb[];
  readonly all?: boolean;
  readonly institutions?: string[];
  readonly purposes?: Purpose[];
  readonly term: [Dayjs, Dayjs];
  readonly read?: boolean;
}

/** The words stand beside the boxes they belong to, and no box is ticked beforehand. */
export function SignAuthorisation({ close }: { close: () => void }) {
  const text = useText(consentText);
  const words = useConsentText();
  return (
    <Section title={text('sign')} note={words.data ? text('text', { version: words.data.version }) : null}>
      <Answer query={words}>{(found) => <SignForm words={found} close={close} />}</Answer>
    </Section>
  );
}

function SignForm({ words, close }: { words: Text; close: () => void }) {
  const text = useText(consentText);
  const [form] = Form.useForm<Fields>();
  const [consent, setConsent] = useState<Consent | null>(null);
  const today = dayOf(new Date());
  const term = [dayjs(today), dayjs(addDays(today, 364))];
  const check = (_changed: unknown, all: Fields) => setConsent(consentOf(all, words.version));
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={{ term }} onValuesChange={check}>
      <Wording words={words} />
      <div className="page-actions">
        <SignButton consent={consent} close={close} />
        {consent ? null : <span className="quiet">{text('readFirst')}</span>}
      </div>
    </Form>
  );
}

/** Null until everything that must be chosen is chosen. */
function consentOf(fields: Fields, textVersion: string): Consent | null {
  const institutions = fields.all ? 'ALL' : (fields.institutions ?? []);
  if (!fields.read || !fields.limbs?.length || !fields.purposes?.length || institutions.length === 0) return null;
  if (!fields.term?.[0] || !fields.term[1]) return null;
  return {
    limbs: fields.limbs,
    purposes: fields.purposes,
    institutions,
    validFrom: fields.term[0].format('YYYY-MM-DD'),
    validTo: fields.term[1].format('YYYY-MM-DD'),
    textVersion,
  };
}

function Wording({ words }: { words: Text }) {
  const text = useText(consentText);
  const { language } = useLanguage();
  const said = words[language];
  const boxes = (options: Record<string, string>) =>
    Object.entries(options).map(([value, label]) => ({ value, label }));
  return (
    <>
      <h3>{said.title}</h3>
      <p className="said">{said.notice}</p>
      <Form.Item name="limbs" label={text('limbs')}>
        <Checkbox.Group className="stacked" options={boxes(said.limbs)} />
      </Form.Item>
      <Form.Item name="all" label={text('institutions')} extra={said.institutions}>
        <Radio.Group
          options={[
            { value: true, label: text('institutions.all') },
            { value: false, label: text('institutions.some') },
          ]}
        />
      </Form.Item>
      <NamedInstitutions />
      <Form.Item name="purposes" label={text('purposes')}>
        <Checkbox.Group options={boxes(said.purposes)} />
      </Form.Item>
      <Form.Item name="term" label={text('term')}>
        <DatePicker.RangePicker allowClear={false} />
      </Form.Item>
      <p className="said">{said.revocation}</p>
      <Form.Item name="read" valuePropName="checked">
        <Checkbox>{text('read')}</Checkbox>
      </Form.Item>
    </>
  );
}

function NamedInstitutions() {
  const text = useText(consentText);
  const all: unknown = Form.useWatch('all');
  const institutions = useInstitutions();
  if (all !== false) return null;
  return (
    <Form.Item name="institutions" label={text('institutions.pick')}>
      <Select
        mode="multiple"
        loading={institutions.isPending}
        optionFilterProp="label"
        options={institutions.data?.map(({ code, name }) => ({ value: code, label: name })) ?? []}
        style={{ maxWidth: 520 }}
      />
    </Form.Item>
  );
}

function SignButton({ consent, close }: { consent: Consent | null; close: () => void }) {
  const text = useText(consentText);
  const { message } = App.useApp();
  const signing = useSigning();
  const sign = async () => {
    if (!consent) return;
    const { receipt } = await signing.mutateAsync(consent);
    message.success(text('done', { receipt: receipt.sequence }));
    close();
  };
  const figures = useConsentWords(consent);
  return (
    <>
      <Button onClick={close}>{text('cancel')}</Button>
      <ConfirmAct
        label={text('sign')}
        title={text('signTitle')}
        what={<p>{text('signWhat', figures)}</p>}
        confirm={text('signConfirm')}
        button={{ type: 'primary', disabled: consent === null }}
        act={sign}
        busy={signing.isPending}
        error={signing.error}
      />
    </>
  );
}

/** The consent in words, for the sentence that stands before the second click. */
function useConsentWords(consent: Consent | null) {
  const text = useText(consentText);
  const word = useWord();
  const listing = useListing();
  const nameOf = useInstitutionName();
  if (!consent) return undefined;
  const { institutions } = consent;
  return {
    limbs: listing(consent.limbs.map((limb) => word('limb', limb))),
    institutions: institutions === 'ALL' ? text('institutions.all') : listing([institutions].flat().map(nameOf)),
    purposes: listing(consent.purposes.map((purpose) => word('purpose', purpose))),
    from: consent.validFrom,
    to: consent.validTo,
  };
}
