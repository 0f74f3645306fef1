import { Button, Drawer, Select } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { Money, Rate, When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { StateTag, useWord } from '../parts/vocabulary.part.js';
import { bankText } from './bank.text.js';
import type { CaseDetail } from './case.query.js';
import { useSchedule, useWithdrawOffer, type OfferWithdrawal } from './work.query.js';
import { workText } from './work.text.js';

type Offer = CaseDetail['offers'][number];
const reasons: readonly OfferWithdrawal['reason'][] = [
  'TERMS_CHANGED',
  'APPROVAL_REFUSED',
  'ENTERED_WRONGLY',
  'ENTERPRISE_REQUEST',
  'OTHER',
];

/** Every version that was offered; the last one stands until it is accepted, replaced, taken back or out of date. */
export function Offers({ file }: { file: CaseDetail }) {
  const text = useText(bankText);
  return (
    <Section title={text('offers.made')} flush>
      <DataTable
        caption={text('offers.made')}
        rows={file.offers.toReversed()}
        rowKey={({ id }) => id}
        columns={useColumns()}
      />
    </Section>
  );
}

function useColumns(): Column<Offer>[] {
  const text = useText(bankText);
  const work = useText(workText);
  const word = useWord();
  return [
    {
      key: 'status',
      title: text('case.status'),
      cell: ({ status, version }) => (
        <>
          <StateTag kind="offer" state={status} /> <span className="quiet">{work('offer.version', { version })}</span>
        </>
      ),
    },
    { key: 'amount', title: text('offer.amount'), numeric: true, cell: ({ amountFen }) => <Money fen={amountFen} /> },
    {
      key: 'rate',
      title: text('offer.rate'),
      numeric: true,
      cell: ({ annualRateBp, lpr }) => (
        <>
          <Rate bp={annualRateBp} />
          {lpr ? <p className="quiet">{`LPR ${lpr.spreadBp < 0 ? '−' : '+'}${Math.abs(lpr.spreadBp)}BP`}</p> : null}
        </>
      ),
    },
    { key: 'irr', title: work('offer.irr'), numeric: true, cell: ({ irrBp }) => <Rate bp={irrBp} /> },
    { key: 'repayment', title: text('offer.repayment'), cell: (offer) => word('repayment', offer.repayment) },
    { key: 'valid', title: text('offer.validTo'), cell: ({ validTo }) => <When at={validTo} /> },
    {
      key: 'act',
      title: '',
      cell: (offer) => (
        <span className="page-actions">
          <Schedule offer={offer} />
          {offer.status === 'OPEN' ? <TakeBack id={offer.id} /> : null}
        </span>
      ),
    },
  ];
}

function Schedule({ offer }: { offer: Offer }) {
  const text = useText(workText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {text('offer.schedule')}
      </Button>
      <Drawer title={text('offer.schedule')} open={open} onClose={() => setOpen(false)} size={640} destroyOnHidden>
        <Plan id={offer.id} />
      </Drawer>
    </>
  );
}

function Plan({ id }: { id: string }) {
  const text = useText(workText);
  const schedule = useSchedule(id);
  return (
    <Answer query={schedule}>
      {({ items }) => (
        <DataTable
          caption={text('offer.schedule')}
          rows={items}
          rowKey={({ month }) => String(month)}
          columns={[
            { key: 'month', title: text('offer.month'), numeric: true, cell: ({ month }) => month },
            { key: 'due', title: text('offer.due'), cell: ({ dueOn }) => <When at={dueOn} /> },
            {
              key: 'principal',
              title: text('offer.principal'),
              numeric: true,
              cell: ({ principalFen }) => <Money fen={principalFen} />,
            },
            {
              key: 'interest',
              title: text('offer.interest'),
              numeric: true,
              cell: ({ interestFen }) => <Money fen={interestFen} />,
            },
            { key: 'fee', title: text('offer.fee'), numeric: true, cell: ({ feesFen }) => <Money fen={feesFen} /> },
            {
              key: 'balance',
              title: text('offer.balance'),
              numeric: true,
              cell: ({ balanceFen }) => <Money fen={balanceFen} />,
            },
          ]}
        />
      )}
    </Answer>
  );
}

function TakeBack({ id }: { id: string }) {
  const text = useText(workText);
  const withdrawal = useWithdrawOffer(id);
  const [reason, setReason] = useState<OfferWithdrawal['reason']>('TERMS_CHANGED');
  return (
    <ConfirmAct
      label={text('offer.withdraw')}
      title={text('offer.withdraw')}
      what={
        <div className="stacked">
          <p>{text('offer.withdrawWhat')}</p>
          <Select
            aria-label={text('clock.reason')}
            value={reason}
            options={reasons.map((value) => ({ value, label: text(`offer.${value}`) }))}
            onChange={setReason}
          />
        </div>
      }
      confirm={text('offer.withdrawConfirm')}
      button={{ size: 'small' }}
      danger
      act={() => withdrawal.mutateAsync({ reason })}
      busy={withdrawal.isPending}
      error={withdrawal.error}
    />
  );
}
