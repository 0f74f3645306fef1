import { Steps } from 'antd';

import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { DraftForm } from './draft-form.part.js';
import { DraftPreview } from './draft-preview.part.js';
import type { DraftFields } from './draft.query.js';
import { fieldsOf, useKeptDraft } from './draft.query.js';
import { enterpriseText } from './enterprise.text.js';
import { useLastNeed, useNeed } from './need.query.js';

/** Three short steps; the step is part of the address, what is typed is kept by itself. */
export function DraftPage() {
  const text = useText(enterpriseText);
  const { get, set } = useUrl();
  const draft = useKeptDraft();
  const step = stepOf(get('step'), draft.kept);
  const go = (to: number) => set({ step: to === 0 ? undefined : String(to + 1) });
  const last = useLastNeed();
  const saved = useNeed(step === 2 ? draft.kept.id : undefined);
  return (
    <Page title={text('draft.title')} question={text('draft.question')}>
      <Steps
        size="small"
        current={step}
        className="draft-steps"
        items={[{ title: text('draft.step1') }, { title: text('draft.step2') }, { title: text('draft.step3') }]}
      />
      {step < 2 ? (
        <Answer query={last}>
          {(need) => <DraftForm step={step} draft={draft} before={fieldsOf(need)} go={go} />}
        </Answer>
      ) : (
        <Answer query={saved}>{(need) => <DraftPreview need={need} back={() => go(1)} forget={draft.forget} />}</Answer>
      )}
    </Page>
  );
}

/** A link to a later step means nothing before the earlier ones are filled in and saved. */
function stepOf(asked: string | undefined, kept: DraftFields & { id?: string }): number {
  const money = kept.amountFen && kept.termMonths && kept.purpose && kept.security;
  const contact = kept.name && kept.phone && kept.id;
  const reachable = money ? (contact ? 2 : 1) : 0;
  return Math.min(Math.max(Number(asked ?? 1) - 1 || 0, 0), reachable);
}
