import { Button, Form } from 'antd';
import { useNavigate } from 'react-router';

import { isGone } from '../client/problem.error.js';
import { useText } from '../frame/language.part.js';
import { Section } from '../parts/page.part.js';
import { ProblemView } from '../parts/states.part.js';
import { ContactStep, MoneyStep } from './draft-fields.part.js';
import { draftOf, type DraftFields, type useKeptDraft } from './draft.query.js';
import { enterpriseText } from './enterprise.text.js';
import { useDraft, useRedraft, type Draft } from './need.query.js';

interface DraftFormProps {
  readonly step: number;
  readonly draft: ReturnType<typeof useKeptDraft>;
  /** What the last need said and this one may well say again. */
  readonly before: DraftFields;
  readonly go: (step: number) => void;
}

/** The first two steps; leaving the second saves the draft, so that the third can show what the service will publish. */
export function DraftForm({ step, draft: { kept, keep }, before, go }: DraftFormProps) {
  const text = useText(enterpriseText);
  const navigate = useNavigate();
  const saving = useSaving();
  const forward = async (fields: DraftFields) => {
    const all = { ...before, ...kept, ...fields };
    keep(step === 0 ? all : { ...all, id: await saving.save(kept.id, draftOf(all)) });
    go(step + 1);
  };
  return (
    <Section title={text(step === 0 ? 'draft.step1' : 'draft.step2')} note={text('draft.kept')}>
      <Form
        key={step}
        layout="vertical"
        requiredMark={false}
        className="narrow-form"
        initialValues={{ ...before, ...kept }}
        onValuesChange={(_changed, all: DraftFields) => keep(all)}
        onFinish={(fields: DraftFields) => void forward(fields).catch(() => undefined)}
      >
        {step === 0 ? <MoneyStep /> : <ContactStep />}
        {saving.error ? <ProblemView error={saving.error} /> : null}
        <div className="page-actions">
          <Button onClick={() => (step === 0 ? void navigate('/enterprise/needs') : go(step - 1))}>
            {text('draft.back')}
          </Button>
          <Button type="primary" htmlType="submit" loading={saving.busy}>
            {text('draft.next')}
          </Button>
        </div>
      </Form>
    </Section>
  );
}

/** A draft that was published or withdrawn elsewhere is no draft any more: then a new one is made. */
function useSaving() {
  const making = useDraft();
  const redrafting = useRedraft();
  const save = async (id: string | undefined, draft: Draft): Promise<string> => {
    if (id === undefined) return (await making.mutateAsync(draft)).id;
    try {
      return (await redrafting.mutateAsync({ id, draft })).id;
    } catch (error) {
      if (!isGone(error)) throw error;
      redrafting.reset();
      return (await making.mutateAsync(draft)).id;
    }
  };
  return {
    save,
    busy: making.isPending || redrafting.isPending,
    error: making.error ?? redrafting.error,
  };
}
