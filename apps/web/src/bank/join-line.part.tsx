import { App, Button, Modal } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { MoneyField } from '../parts/money-field.part.js';
import { ProblemView } from '../parts/states.part.js';
import { bankText } from './bank.text.js';
import { boardText } from './board.text.js';
import { useJoin, type Lead } from './lead.query.js';

/** The line of a need without room: asks for the intended amount, as a grab does. */
export function JoinLine({ lead, close }: { lead: Lead | undefined; close: () => void }) {
  const text = useText(boardText);
  return (
    <Modal open={lead !== undefined} title={text('wait.confirm')} footer={null} onCancel={close} destroyOnHidden>
      {lead ? <JoinForm key={lead.needId} needId={lead.needId} close={close} /> : null}
    </Modal>
  );
}

function JoinForm({ needId, close }: { needId: string; close: () => void }) {
  const text = useText(boardText);
  const bank = useText(bankText);
  const { message } = App.useApp();
  const join = useJoin();
  const [intendedFen, setIntended] = useState<string>();
  const submit = async () => {
    if (!intendedFen) return;
    const { ahead } = await join.mutateAsync({ needId, intendedFen });
    message.success(text('wait.done', { ahead: ahead ?? 0 }));
    close();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit().catch(() => undefined);
      }}
    >
      <p className="said">{text('wait.what')}</p>
      <div className="page-actions">
        <label htmlFor="line-amount">{bank('grab.intended')}</label>
        <div className="amount">
          <MoneyField id="line-amount" value={intendedFen} onChange={setIntended} autoFocus />
        </div>
        <Button type="primary" htmlType="submit" disabled={!intendedFen} loading={join.isPending}>
          {text('wait.confirm')}
        </Button>
      </div>
      {join.error ? <ProblemView error={join.error} /> : null}
    </form>
  );
}
