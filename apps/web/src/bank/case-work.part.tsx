import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { DataTable } from '../parts/data-table.part.js';
import { Deadline, Money, Rate, When } from '../parts/figures.part.js';
import { Facts, Section } from '../parts/page.part.js';
import { StateTag, useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import { CaseActs } from './case-acts.part.js';
import type { CaseDetail } from './case.query.js';
import { OfferForm } from './offer-form.part.js';
import { Timeline } from './timeline.part.js';

const mayOffer = new Set(['CONTACTED', 'IN_REVIEW', 'OFFERED']);

/** The next act first, then what one needs to know for it, then what has happened. */
export function CaseWork({ file }: { file: CaseDetail }) {
  const text = useText(bankText);
  return (
    <div className="columns wide-left">
      <div>
        <NextAct file={file} />
        {mayOffer.has(file.status) ? <OfferForm key={file.offers.length} file={file} /> : null}
        {file.offers.length > 0 ? <Offers file={file} /> : null}
        <Section title={text('detail.line')}>
          <Timeline entries={file.timeline} />
        </Section>
      </div>
      <Enterprise file={file} />
    </div>
  );
}

function NextAct({ file }: { file: CaseDetail }) {
  const text = useText(bankText);
  const next = file.nextAct ? text(`next.${file.nextAct}`) : text('next.done');
  return (
    <Section
      title={`${text('detail.acts')} · ${next}`}
      note={file.deadline ? <Deadline at={file.deadline} from={file.grabbedAt} /> : null}
    >
      <CaseActs file={file} />
    </Section>
  );
}

function Enterprise({ file }: { file: CaseDetail }) {
  const text = useText(bankText);
  const word = useWord();
  return (
    <Section title={text('case.enterprise')}>
      <Facts
        items={[
          [text('detail.contact'), file.contact?.name ?? '—'],
          [text('detail.phone'), file.contact ? <Code value={file.contact.phone} /> : '—'],
          [text('case.need'), <Money fen={file.amountFen} />],
          [text('case.intended'), <Money fen={file.intendedFen} />],
          [text('detail.term'), text('lead.months', { months: file.termMonths })],
          [text('detail.security'), word('security', file.security)],
          [text('detail.rateMax'), <Rate bp={file.annualRateBpMax} />],
          [text('detail.purpose'), file.purpose],
          [text('detail.grabbed'), <When at={file.grabbedAt} />],
          [text('detail.contactedAt'), <When at={file.contactedAt} />],
        ]}
      />
    </Section>
  );
}

function Offers({ file }: { file: CaseDetail }) {
  const text = useText(bankText);
  const word = useWord();
  return (
    <Section title={text('offers.made')} flush>
      <DataTable
        caption={text('offers.made')}
        rows={file.offers}
        rowKey={({ id }) => id}
        columns={[
          { key: 'status', title: text('case.status'), cell: ({ status }) => <StateTag kind="offer" state={status} /> },
          {
            key: 'amount',
            title: text('offer.amount'),
            numeric: true,
            cell: (offer) => <Money fen={offer.amountFen} />,
          },
          { key: 'rate', title: text('offer.rate'), numeric: true, cell: (offer) => <Rate bp={offer.annualRateBp} /> },
          { key: 'cost', title: text('offer.cost'), numeric: true, cell: (offer) => <Rate bp={offer.annualCostBp} /> },
          { key: 'repayment', title: text('offer.repayment'), cell: (offer) => word('repayment', offer.repayment) },
          { key: 'valid', title: text('offer.validTo'), cell: ({ validTo }) => <When at={validTo} /> },
          { key: 'at', title: text('offers.at'), cell: ({ madeAt }) => <When at={madeAt} /> },
        ]}
      />
    </Section>
  );
}
