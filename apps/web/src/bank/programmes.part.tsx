import { App, Button, Drawer } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import type { Column } from '../parts/data-table.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { AdmissionView } from './admission.part.js';
import type { Admission } from './admission.rules.js';
import { bankText } from './bank.text.js';
import { useRangeColumns } from './product-columns.part.js';
import { ProductForm } from './product-form.part.js';
import { loadProgrammes, useSubscription, type Programme } from './product.query.js';
import { shelfText } from './shelf.text.js';

/** Templates that departments write; a bank joins with a product inside the frame. */
export function Programmes() {
  const text = useText(shelfText);
  const [joining, join] = useState<Programme>();
  return (
    <Section title={text('programmes.caption')} flush>
      <CursorTable
        caption={text('programmes.caption')}
        name={['programmes']}
        load={loadProgrammes}
        columns={useColumns(join)}
        rowKey={({ id }) => id}
        empty={<Empty why={text('programmes.none')} />}
      />
      <Drawer
        title={text('programmes.joinTitle', { name: joining?.name ?? '' })}
        open={joining !== undefined}
        onClose={() => join(undefined)}
        size={640}
        destroyOnHidden
      >
        {joining ? <JoinForm programme={joining} done={() => join(undefined)} /> : null}
      </Drawer>
    </Section>
  );
}

function useColumns(join: (programme: Programme) => void): Column<Programme>[] {
  const text = useText(shelfText);
  const bank = useText(bankText);
  return [
    {
      key: 'name',
      title: bank('products.name'),
      cell: ({ name, description, source }) => (
        <>
          <strong>{name}</strong>
          <p className="quiet clamp">{description}</p>
          <p className="quiet">{source}</p>
        </>
      ),
    },
    { key: 'family', title: text('family'), cell: ({ family }) => text(`family.${family}`) },
    ...useRangeColumns<Programme>(),
    { key: 'subscribers', title: text('programmes.subscribers'), numeric: true, cell: (row) => row.subscribers },
    {
      key: 'act',
      title: '',
      cell: (programme) =>
        programme.status === 'OPEN' ? (
          <Button size="small" onClick={() => join(programme)}>
            {text('programmes.join')}
          </Button>
        ) : (
          <StatusTag tone="still">{text('programmes.CLOSED')}</StatusTag>
        ),
    },
  ];
}

function JoinForm({ programme, done }: { programme: Programme; done: () => void }) {
  const text = useText(shelfText);
  const { message } = App.useApp();
  const subscription = useSubscription(programme.id);
  const { name, family, amountMinFen, amountMaxFen, termMonthsMin, termMonthsMax, security } = programme;
  const { annualRateBpMin, annualRateBpMax } = programme;
  const frame = { name, family, amountMinFen, amountMaxFen, termMonthsMin, termMonthsMax, security };
  return (
    <>
      <AdmissionView rule={programme.admission as Admission | null} />
      <ProductForm
        start={{ ...frame, annualRateBpMin, annualRateBpMax }}
        submitLabel={text('programmes.join')}
        fixedFamily
        save={subscription}
        done={() => {
          message.success(text('programmes.joined'));
          done();
        }}
      />
    </>
  );
}
