import { Button, Drawer, Segmented } from 'antd';
import { useState } from 'react';

import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { bankText } from './bank.text.js';
import { useProductColumns } from './product-columns.part.js';
import { ProductForm } from './product-form.part.js';
import { loadProducts } from './product.query.js';

/** The shelf of the own institution, and everybody's for comparison. */
export function ProductsPage() {
  const text = useText(bankText);
  const title = useText(frameText)('bank.products');
  const { data: me } = useMe();
  const { get, set } = useUrl();
  const [adding, setAdding] = useState(false);
  const own = get('own') !== undefined ? me?.organisation.code : undefined;
  return (
    <Page
      title={title}
      question={text('products.question')}
      actions={
        <>
          <Segmented
            value={own ? 'own' : 'all'}
            options={[
              { value: 'all', label: text('products.all') },
              { value: 'own', label: text('products.own') },
            ]}
            onChange={(chosen) => set({ own: chosen === 'own' ? '1' : undefined })}
          />
          <Button type="primary" onClick={() => setAdding(true)}>
            {text('products.add')}
          </Button>
        </>
      }
    >
      <Section title={text('products.caption')} flush>
        <CursorTable
          caption={text('products.caption')}
          name={['products', own]}
          load={loadProducts(own)}
          columns={useProductColumns(me?.organisation.code)}
          rowKey={({ id }) => id}
          empty={<Empty why={text('products.none')} />}
          exportName="products"
        />
      </Section>
      <Drawer title={text('products.add')} open={adding} onClose={() => setAdding(false)} size={480} destroyOnHidden>
        <ProductForm done={() => setAdding(false)} />
      </Drawer>
    </Page>
  );
}
