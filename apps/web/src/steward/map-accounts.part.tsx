import { App, Button, Drawer, Input } from 'antd';
import { useState } from 'react';

import { useListing, useText } from '../frame/language.part.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { countText } from '../parts/format.rules.js';
import { accountLinesOf, accountsMax, type AccountLines } from './account-lines.rules.js';
import { useMapping, type Contract, type Wish } from './account.query.js';
import { accountText } from './account.text.js';
import { RecordsWish } from './records-wish.part.js';

/** One account or a list of them from a spreadsheet; what is wrong with a line is said before anything is sent. */
export function MapAccounts({ contract }: { contract: Contract }) {
  const text = useText(accountText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" size="small" onClick={() => setOpen(true)}>
        {text('map')}
      </Button>
      <Drawer title={text('map')} open={open} onClose={() => setOpen(false)} size={640} destroyOnHidden>
        <MapForm contract={contract} done={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

/** What the columns of a file are called, for people who have that file before them. */
const headersOf = ({ accountBy, columns }: Contract): string[] =>
  accountBy.map((field) => columns.find(({ name }) => name === field)?.header ?? field);

function MapForm({ contract, done }: { contract: Contract; done: () => void }) {
  const text = useText(accountText);
  const listing = useListing();
  const { message } = App.useApp();
  const mapping = useMapping();
  const [words, write] = useState('');
  const [records, wish] = useState<Wish>('STAY');
  const lines = accountLinesOf(words, contract.accountBy);
  const count = lines.accounts.length;
  const act = async (reason: string) => {
    const { mapped } = await mapping.mutateAsync({
      feed: contract.feed,
      body: { accounts: [...lines.accounts], reason, records },
    });
    message.success(text('map.done', { count: countText(mapped) }));
    done();
  };
  return (
    <div className="stacked">
      <label htmlFor="account-lines">{text('map.lines', { fields: listing(headersOf(contract)) })}</label>
      <Input.TextArea
        id="account-lines"
        rows={8}
        value={words}
        spellCheck={false}
        onChange={(event) => write(event.target.value)}
      />
      <p className="quiet">{text('map.hint', { max: countText(accountsMax) })}</p>
      <Checked lines={lines} cells={contract.accountBy.length + 1} />
      <RecordsWish value={records} onChange={wish} />
      <div>
        <ActWithNote
          label={text('map.act', { count: countText(count) })}
          what={<p>{text('map.what')}</p>}
          button={{ type: 'primary', size: 'middle', disabled: count === 0 || !isReady(lines) }}
          act={act}
          of={mapping}
        />
      </div>
    </div>
  );
}

const isReady = ({ accounts, faults }: AccountLines): boolean => faults.length === 0 && accounts.length <= accountsMax;

const faultsShown = 8;

function Checked({ lines: { accounts, faults }, cells }: { lines: AccountLines; cells: number }) {
  const text = useText(accountText);
  if (accounts.length > accountsMax) return <p role="alert">{text('map.tooMany', { max: countText(accountsMax) })}</p>;
  if (faults.length === 0)
    return <p role="status">{accounts.length > 0 ? text('map.ready', { count: countText(accounts.length) }) : null}</p>;
  return (
    <div role="status">
      {text('map.faults', { count: countText(faults.length) })}
      <ul>
        {faults.slice(0, faultsShown).map(({ line, why }) => (
          <li key={line}>{text(`map.${why}`, { line, cells })}</li>
        ))}
      </ul>
    </div>
  );
}
