import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';

import { AdmissionEditor, AdmissionView } from '../bank/admission.part.js';
import { linesOf, ruleOf, type Admission } from '../bank/admission.rules.js';
import { TermFields } from '../bank/product-form.part.js';
import type { Programme } from '../bank/product.query.js';
import { shelfText } from '../bank/shelf.text.js';
import { useText } from '../frame/language.part.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import {
  useNewProgramme,
  useProgrammeEdit,
  type EditProgramme as EditBody,
  type WriteProgramme,
} from './programme.query.js';
import { programmeText } from './programme.text.js';

interface Fields extends Omit<WriteProgramme, 'admission' | 'annualRateBpMin' | 'annualRateBpMax'> {
  readonly rateMin: number;
  readonly rateMax: number;
}

export function NewProgramme({ done }: { done: () => void }) {
  const text = useText(programmeText);
  const { message } = App.useApp();
  const creation = useNewProgramme();
  return (
    <ProgrammeForm
      start={{ family: 'GENERAL' }}
      submitLabel={text('create')}
      of={creation}
      submit={async (body) => {
        await creation.mutateAsync(body);
        message.success(text('created'));
        done();
      }}
    />
  );
}

/** The whole frame is sent again; code and family stay what they are. */
export function EditProgramme({ programme, done }: { programme: Programme; done: () => void }) {
  const text = useText(programmeText);
  const { message } = App.useApp();
  const edit = useProgrammeEdit();
  const { annualRateBpMin, annualRateBpMax, admission } = programme;
  return (
    <ProgrammeForm
      start={{ ...programme, rateMin: annualRateBpMin / 100, rateMax: annualRateBpMax / 100 }}
      admission={admission as Admission | null}
      known
      submitLabel={text('save')}
      of={edit}
      submit={async ({ code: _code, family: _family, ...body }) => {
        await edit.mutateAsync({ id: programme.id, body });
        message.success(text('saved'));
        done();
      }}
    />
  );
}

function bodyOf(fields: Fields, rule: Admission | undefined): WriteProgramme {
  const { code, family, name, description, source, security } = fields;
  const { amountMinFen, amountMaxFen, termMonthsMin, termMonthsMax, rateMin, rateMax } = fields;
  const terms: EditBody = {
    name: name.trim(),
    source: source.trim(),
    security,
    amountMinFen,
    amountMaxFen,
    termMonthsMin,
    termMonthsMax,
    annualRateBpMin: Math.round(rateMin * 100),
    annualRateBpMax: Math.round(rateMax * 100),
    ...(description?.trim() ? { description: description.trim() } : {}),
    ...(rule ? { admission: rule as unknown as Record<string, unknown> } : {}),
  };
  return { ...terms, code: code?.trim(), family };
}

interface ProgrammeFormProps {
  readonly start: Partial<Fields>;
  readonly admission?: Admission | null;
  /** It exists: its code and family are not asked for again. */
  readonly known?: boolean;
  readonly submitLabel: string;
  readonly submit: (body: WriteProgramme) => Promise<void>;
  readonly of: { isPending: boolean; error: Error | null };
}

function ProgrammeForm({ start, admission = null, known = false, submitLabel, submit, of }: ProgrammeFormProps) {
  const text = useText(programmeText);
  const shelf = useText(shelfText);
  const editable = linesOf(admission);
  const [lines, setLines] = useState(editable ?? []);
  const rule = editable === null ? (admission ?? undefined) : ruleOf(lines);
  const run = (fields: Fields) => {
    if (rule !== null) void submit(bodyOf(fields, rule)).catch(() => undefined);
  };
  return (
    <Form layout="vertical" requiredMark={false} initialValues={start} onFinish={run}>
      {known ? null : <CodeField />}
      <SourceField />
      <TermFields fixedFamily={known} repaid={false} />
      <h3>{text('admission')}</h3>
      {editable === null ? (
        <>
          <p className="notice">{shelf('admission.kept')}</p>
          <AdmissionView rule={admission} />
        </>
      ) : (
        <AdmissionEditor lines={lines} onChange={(changed) => setLines([...changed])} />
      )}
      {of.error ? <ProblemView error={of.error} /> : null}
      <Button type="primary" htmlType="submit" disabled={rule === null} loading={of.isPending}>
        {submitLabel}
      </Button>
    </Form>
  );
}

function CodeField() {
  const text = useText(programmeText);
  const required = { required: true, message: useText(partsText)('required') };
  return (
    <Form.Item
      name="code"
      label={text('code')}
      extra={text('codeHint')}
      rules={[required, { pattern: /^[A-Z0-9-]{2,32}$/, message: text('codeBad') }]}
    >
      <Input maxLength={32} autoComplete="off" />
    </Form.Item>
  );
}

function SourceField() {
  const text = useText(programmeText);
  const required = { required: true, whitespace: true, message: useText(partsText)('required') };
  return (
    <Form.Item name="source" label={text('source')} rules={[required]}>
      <Input maxLength={200} />
    </Form.Item>
  );
}
