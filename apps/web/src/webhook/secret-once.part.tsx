import { Modal } from 'antd';

import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { webhookText } from './webhook.text.js';

/** Held in this page only, and gone with the dialog: nothing closes it by accident. */
export function SecretOnce({ secret, close }: { secret: string | undefined; close: () => void }) {
  const text = useText(webhookText);
  return (
    <Modal
      open={secret !== undefined}
      title={text('secret.title')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      okText={text('secret.kept')}
      cancelButtonProps={{ style: { display: 'none' } }}
      onOk={close}
      destroyOnHidden
    >
      <p>{text('secret.what')}</p>
      <p className="gap">{secret ? <Code value={secret} /> : null}</p>
    </Modal>
  );
}
