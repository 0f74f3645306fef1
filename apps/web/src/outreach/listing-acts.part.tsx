import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { download } from '../parts/export-csv.part.js';
import { dayOf } from '../parts/format.rules.js';
import { partsText } from '../parts/parts.text.js';
import { readExport, useListingMove, type Listing } from './listing.query.js';
import { listingText } from './listing.text.js';

/** Publishing and ending for its department; the file for whoever may see the list. */
export function ListingActs({ listing, own }: { listing: Listing; own: boolean }) {
  return (
    <>
      {own && listing.status === 'DRAFT' ? <Publish listing={listing} /> : null}
      {own && listing.status === 'PUBLISHED' ? <Close listing={listing} /> : null}
      {listing.status === 'DRAFT' ? null : <Download id={listing.id} />}
    </>
  );
}

function Publish({ listing }: { listing: Listing }) {
  const text = useText(listingText);
  const publish = useListingMove('publication');
  const { entries, banksPerEntry: banks, closesOn: closes } = listing;
  return (
    <ConfirmAct
      label={text('listing.publish')}
      title={text('listing.publish')}
      what={<p>{text('listing.publishWhat', { entries, banks, closes })}</p>}
      confirm={text('listing.publishDo')}
      button={{ type: 'primary' }}
      act={() => publish.mutateAsync(listing.id)}
      busy={publish.isPending}
      error={publish.error}
    />
  );
}

function Close({ listing }: { listing: Listing }) {
  const text = useText(listingText);
  const close = useListingMove('closure');
  return (
    <ConfirmAct
      label={text('listing.close')}
      title={text('listing.close')}
      what={<p>{text('listing.closeWhat', { consented: listing.consented, entries: listing.entries })}</p>}
      confirm={text('listing.closeDo')}
      danger
      act={() => close.mutateAsync(listing.id)}
      busy={close.isPending}
      error={close.error}
    />
  );
}

function Download({ id }: { id: string }) {
  const text = useText(listingText);
  const parts = useText(partsText);
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const run = () => {
    setBusy(true);
    readExport(id)
      .then((csv) => download(`listing-${dayOf(new Date())}.csv`, csv))
      .catch((error: unknown) => message.error(error instanceof Error ? error.message : parts('problem.broken')))
      .finally(() => setBusy(false));
  };
  return (
    <Button icon={<DownloadOutlined aria-hidden />} loading={busy} onClick={run}>
      {text('listing.export')}
    </Button>
  );
}
