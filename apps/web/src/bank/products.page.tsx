import { App, Button, Drawer, Segmented } from 'antd';
import { useState } from 'react';

import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { CursorTable, type Load } from '../parts/cursor-table.part.js';
import { FilterBar, SelectFilter } from '../parts/filter-bar.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { useUrl } from '../parts/url.query.js';
import { bankText } from './bank.text.js';
import { useProductColumns } from './product-columns.part.js';
import { ProductForm } from './product-form.part.js';
import { ProductDrawer } from './product-view.part.js';
import { families, loadDrafts, loadProducts, useNewProduct, type Product } from './product.query.js';
import { Programmes } from './programmes.part.js';
import { shelfText } from './shelf.text.js';

const tabs = ['shelf', 'drafts', 'programmes'] as const;

/** The shelf of the own institution, and everybody's for comparison. */
export function ProductsPage() {
  const text = useText(bankText);
  const shelf = useText(shelfText);
  const title = useText(frameText)('bank.products');
  const views = { shelf: <Shelf />, drafts: <Drafts />, programmes: <Programmes /> };
  return (
    <Page title={title} question={text('products.question')} actions={<AddProduct />}>
      <Tabs label={title} names={tabs} title={(name) => shelf(`tab.${name}`)} clears={['own', 'family']}>
        {(name) => views[name]}
      </Tabs>
    </Page>
  );
}

function Shelf() {
  const text = useText(bankText);
  const shelf = useText(shelfText);
  const { data: me } = useMe();
  const { get, set } = useUrl();
  const institution = get('own') !== undefined ? me?.organisation.code : undefined;
  const family = families.find((name) => name === get('family'));
  const whose = (
    <Segmented
      value={institution ? 'own' : 'all'}
      options={[
        { value: 'all', label: text('products.all') },
        { value: 'own', label: text('products.own') },
      ]}
      onChange={(chosen) => set({ own: chosen === 'own' ? '1' : undefined })}
    />
  );
  return (
    <>
      <FilterBar keys={['family']}>
        {whose}
        <SelectFilter
          name="family"
          label={shelf('family')}
          options={families.map((value) => ({ value, label: shelf(`family.${value}`) }))}
        />
      </FilterBar>
      <ProductTable
        name={['products', institution, family]}
        load={loadProducts({ institution, family })}
        caption={text('products.caption')}
        none={text('products.none')}
      />
    </>
  );
}

function Drafts() {
  const text = useText(shelfText);
  return (
    <ProductTable
      name={['products', 'drafts']}
      load={loadDrafts}
      caption={text('tab.drafts')}
      none={text('drafts.none')}
    />
  );
}

interface ProductTableProps {
  readonly name: readonly unknown[];
  readonly load: Load<Product>;
  readonly caption: string;
  readonly none: string;
}

function ProductTable({ name, load, caption, none }: ProductTableProps) {
  const { data: me } = useMe();
  const [opened, open] = useState<Product>();
  return (
    <Section title={caption} flush>
      <CursorTable
        caption={caption}
        name={name}
        load={load}
        columns={useProductColumns(open)}
        rowKey={({ id }) => id}
        empty={<Empty why={none} />}
        exportName="products"
      />
      <ProductDrawer
        product={opened}
        own={opened?.institution.code === me?.organisation.code}
        close={() => open(undefined)}
      />
    </Section>
  );
}

function AddProduct() {
  const text = useText(bankText);
  const { message } = App.useApp();
  const [adding, setAdding] = useState(false);
  const product = useNewProduct();
  const done = () => {
    message.success(text('products.done'));
    setAdding(false);
  };
  return (
    <>
      <Button type="primary" onClick={() => setAdding(true)}>
        {text('products.add')}
      </Button>
      <Drawer title={text('products.add')} open={adding} onClose={() => setAdding(false)} size={640} destroyOnHidden>
        <ProductForm submitLabel={text('products.submit')} mayDraft save={product} done={done} />
      </Drawer>
    </>
  );
}
