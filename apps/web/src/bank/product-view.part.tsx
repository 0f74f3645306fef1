import { App, Button, Drawer } from 'antd';
import { useState } from 'react';

import { useLanguage, useListing, useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { DataTable } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { moneyText, rateText } from '../parts/format.rules.js';
import { Facts } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { useWord } from '../parts/vocabulary.part.js';
import { AdmissionView } from './admission.part.js';
import type { Admission } from './admission.rules.js';
import { bankText } from './bank.text.js';
import { ProductForm, writtenOf } from './product-form.part.js';
import { useProductEdit, useProductMove, useVersions, type Product } from './product.query.js';
import { shelfText } from './shelf.text.js';

interface ProductDrawerProps {
  readonly product: Product | undefined;
  readonly own: boolean;
  readonly close: () => void;
}

/** Everything about one product; the own institution may change it there. */
export function ProductDrawer({ product, own, close }: ProductDrawerProps) {
  return (
    <Drawer title={product?.name} open={product !== undefined} onClose={close} size={720} destroyOnHidden>
      {product ? <ProductView key={product.id} product={product} own={own} close={close} /> : null}
    </Drawer>
  );
}

function ProductView({ product, own, close }: { product: Product; own: boolean; close: () => void }) {
  const text = useText(shelfText);
  const { message } = App.useApp();
  const [editing, setEditing] = useState(false);
  const edit = useProductEdit(product.id);
  if (editing)
    return (
      <ProductForm
        start={writtenOf(product)}
        submitLabel={text('edit.save')}
        dated={product.status === 'OFFERED'}
        save={edit}
        done={() => {
          message.success(text('edit.done'));
          close();
        }}
      />
    );
  return (
    <>
      {own && product.status !== 'WITHDRAWN' ? (
        <div className="page-actions">
          <Button type="primary" onClick={() => setEditing(true)}>
            {text('edit')}
          </Button>
          <Moves product={product} close={close} />
        </div>
      ) : null}
      <ProductFacts product={product} />
      <h3>{text('admission')}</h3>
      <AdmissionView rule={product.admission as Admission | null} />
      {own ? <Versions id={product.id} /> : null}
    </>
  );
}

function ProductFacts({ product }: { product: Product }) {
  const text = useText(shelfText);
  const bank = useText(bankText);
  const word = useWord();
  const list = useListing();
  const { language } = useLanguage();
  const fees = product.fees.map(
    ({ kind, ofAmountBp, amountFen }) =>
      `${text(`fee.${kind}`)} ${
        amountFen === null ? text('fee.share', { rate: rateText(ofAmountBp ?? 0) }) : moneyText(amountFen, language)
      }`,
  );
  return (
    <Facts
      items={[
        [text('family'), text(`family.${product.family}`)],
        [bank('products.institution'), product.institution.name],
        [bank('products.description'), product.description || '—'],
        [
          bank('products.amount'),
          `${moneyText(product.amountMinFen, language)} – ${moneyText(product.amountMaxFen, language)}`,
        ],
        [bank('products.rate'), `${rateText(product.annualRateBpMin)} – ${rateText(product.annualRateBpMax)}`],
        [text('repayment'), list(product.repayment.map((code) => word('repayment', code)))],
        [text('fees'), fees.length > 0 ? list(fees) : '—'],
        [text('programme'), product.programme?.name ?? '—'],
        [text('state'), `${text(`status.${product.status}`)} · ${text('version', { version: product.version })}`],
      ]}
    />
  );
}

function Moves({ product, close }: { product: Product; close: () => void }) {
  const bank = useText(bankText);
  const text = useText(shelfText);
  const publish = useProductMove('publication');
  const unpublish = useProductMove('unpublication');
  const withdraw = useProductMove('withdrawal');
  const move = (of: typeof publish) => () => of.mutateAsync(product.id).then(close);
  const draft = product.status === 'DRAFT';
  const of = draft ? publish : unpublish;
  const said = draft ? 'publish' : 'unpublish';
  return (
    <>
      <ConfirmAct
        label={text(said)}
        title={text(said)}
        what={<p>{text(`${said}What`, { name: product.name })}</p>}
        confirm={text(`${said}Confirm`)}
        act={move(of)}
        busy={of.isPending}
        error={of.error}
      />
      <ConfirmAct
        label={bank('products.withdraw')}
        title={bank('products.withdraw')}
        what={<p>{bank('products.withdrawWhat', { name: product.name })}</p>}
        confirm={bank('products.withdrawConfirm')}
        danger
        act={move(withdraw)}
        busy={withdraw.isPending}
        error={withdraw.error}
      />
    </>
  );
}

function Versions({ id }: { id: string }) {
  const text = useText(shelfText);
  const bank = useText(bankText);
  const { language } = useLanguage();
  const versions = useVersions(id);
  return (
    <>
      <h3>{text('versions.title')}</h3>
      <Answer query={versions}>
        {({ items }) => (
          <DataTable
            caption={text('versions.title')}
            rows={items}
            rowKey={({ version }) => String(version)}
            columns={[
              { key: 'version', title: text('versions.title'), cell: ({ version }) => text('version', { version }) },
              { key: 'from', title: text('versions.from'), cell: ({ effectiveFrom }) => <When at={effectiveFrom} /> },
              {
                key: 'amount',
                title: bank('products.amount'),
                numeric: true,
                cell: (row) => `${moneyText(row.amountMinFen, language)} – ${moneyText(row.amountMaxFen, language)}`,
              },
              {
                key: 'rate',
                title: bank('products.rate'),
                numeric: true,
                cell: (row) => `${rateText(row.annualRateBpMin)} – ${rateText(row.annualRateBpMax)}`,
              },
            ]}
          />
        )}
      </Answer>
    </>
  );
}
