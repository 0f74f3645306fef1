import { App } from 'antd';

import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { DataTable, wordColumn } from '../parts/data-table.part.js';
import { Section } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { useReceiptKeys, useSigningKeys, useSigningKeyRotation } from './upkeep.query.js';
import { upkeepText } from './upkeep.text.js';

/** What signs sessions and receipts: public halves only, for whoever checks a signature. */
export function Keys() {
  const text = useText(upkeepText);
  const [signing, receipts] = [useSigningKeys(), useReceiptKeys()];
  return (
    <>
      <Section title={text('keys.signing')} note={text('keys.signingNote')} actions={<Rotate />} flush>
        <Answer query={signing}>{({ keys }) => <KeyTable caption={text('keys.signing')} keys={keys} />}</Answer>
      </Section>
      <Section title={text('keys.receipts')} note={text('keys.receiptsNote')} flush>
        <Answer query={receipts}>{({ keys }) => <KeyTable caption={text('keys.receipts')} keys={keys} />}</Answer>
      </Section>
    </>
  );
}

interface PublicKey {
  readonly kid: string;
  readonly alg: string;
  readonly crv: string;
}

function KeyTable({ caption, keys }: { caption: string; keys: readonly PublicKey[] }) {
  const text = useText(upkeepText);
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'kid', title: text('keys.kid'), cell: ({ kid }) => <Code value={kid} /> },
        wordColumn('alg', text('keys.alg'), ({ alg, crv }: PublicKey) => `${alg} · ${crv}`),
      ]}
      rows={keys}
      rowKey={({ kid }) => kid}
    />
  );
}

function Rotate() {
  const text = useText(upkeepText);
  const { message } = App.useApp();
  const rotation = useSigningKeyRotation();
  const act = async () => {
    await rotation.mutateAsync(undefined);
    message.success(text('keys.rotated'));
  };
  return (
    <ConfirmAct
      label={text('keys.rotate')}
      title={text('keys.rotate')}
      what={<p>{text('keys.rotateWhat')}</p>}
      confirm={text('keys.rotateConfirm')}
      button={{ size: 'small' }}
      act={act}
      busy={rotation.isPending}
      error={rotation.error}
    />
  );
}
