import { Button } from 'antd';
import { useNavigate } from 'react-router';

import { useLanguage, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { Money, Rate } from '../parts/figures.part.js';
import { moneyText } from '../parts/format.rules.js';
import { Facts, Section } from '../parts/page.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { enterpriseText } from './enterprise.text.js';
import { usePublication, type NeedDetail } from './need.query.js';

interface PreviewProps {
  readonly need: NeedDetail;
  readonly back: () => void;
  readonly forget: () => void;
}

/** What goes out, to whom, before it goes out; the purpose is word for word what leads will show. */
export function DraftPreview({ need, back, forget }: PreviewProps) {
  return (
    <>
      <div className="columns">
        <Seen need={need} />
        <Hidden need={need} />
      </div>
      <PreviewActs need={need} back={back} forget={forget} />
    </>
  );
}

function Seen({ need }: { need: NeedDetail }) {
  const text = useText(enterpriseText);
  const word = useWord();
  return (
    <Section title={text('draft.seen')} note={text('draft.profileNote')}>
      <Facts
        items={[
          [text('field.purpose'), need.shownPurpose],
          [text('field.term'), text('field.termMonths', { months: need.termMonths })],
          [text('field.security'), word('security', need.security)],
        ]}
      />
    </Section>
  );
}

function Hidden({ need }: { need: NeedDetail }) {
  const text = useText(enterpriseText);
  return (
    <Section title={text('draft.hidden')} note={text('draft.hiddenNote')}>
      <Facts
        items={[
          [text('field.amount'), <Money fen={need.amountFen} />],
          [text('field.rateMax'), <Rate bp={need.annualRateBpMax} />],
          [text('field.contact'), need.contact.name],
          [text('field.phone'), need.contact.phone],
        ]}
      />
    </Section>
  );
}

function PreviewActs({ need, back, forget }: PreviewProps) {
  const text = useText(enterpriseText);
  const word = useWord();
  const { language } = useLanguage();
  const navigate = useNavigate();
  const publication = usePublication();
  const leave = () => {
    forget();
    void navigate('/enterprise/needs');
  };
  const figures = {
    amount: moneyText(need.amountFen, language),
    months: need.termMonths,
    security: word('security', need.security),
  };
  return (
    <div className="page-actions">
      <Button onClick={back}>{text('draft.back')}</Button>
      <Button onClick={leave}>{text('draft.save')}</Button>
      <ConfirmAct
        label={text('draft.publish')}
        title={text('draft.confirmTitle')}
        what={<p>{text('draft.confirmWhat', figures)}</p>}
        confirm={text('draft.confirm')}
        button={{ type: 'primary' }}
        act={async () => {
          await publication.mutateAsync(need.id);
          leave();
        }}
        busy={publication.isPending}
        error={publication.error}
      />
    </div>
  );
}
