import { App, Input, Select } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { useTeam, useTransfer, type Transfer } from './work.query.js';
import { workText } from './work.text.js';

const reasons: readonly Transfer['reason'][] = [
  'LEAVE_OR_ROTATION',
  'SPECIALIST_TEAM',
  'WORKLOAD',
  'ENTERPRISE_REQUEST',
  'CONFLICT_OF_INTEREST',
  'OTHER',
];

/** To a colleague with room; how many cases each has stands beside the name. */
export function HandOver({ id, managerId }: { id: string; managerId: string }) {
  const text = useText(workText);
  const { message } = App.useApp();
  const transfer = useTransfer(id);
  const { data: team } = useTeam();
  const [personId, setPerson] = useState<string>();
  const [reason, setReason] = useState<Transfer['reason']>('WORKLOAD');
  const [note, setNote] = useState('');
  const colleagues = team?.items.filter((one) => one.id !== managerId) ?? [];
  const act = async () => {
    if (!personId) return;
    await transfer.mutateAsync({ personId, reason, ...(note.trim() ? { note: note.trim() } : {}) });
    message.success(text('transfer.done'));
  };
  return (
    <ConfirmAct
      label={text('transfer.title')}
      title={text('transfer.title')}
      what={
        <div className="stacked">
          <p>{text('transfer.what')}</p>
          <Select
            aria-label={text('transfer.to')}
            placeholder={text('transfer.to')}
            value={personId ?? null}
            options={colleagues.map((one) => ({
              value: one.id,
              label: `${one.name} · ${text('team.open', { open: one.open })}`,
            }))}
            onChange={(chosen: string | null) => setPerson(chosen ?? undefined)}
          />
          <Select
            aria-label={text('transfer.reason')}
            value={reason}
            options={reasons.map((value) => ({ value, label: text(`transfer.${value}`) }))}
            onChange={setReason}
          />
          <Input
            aria-label={text('transfer.note')}
            placeholder={text('transfer.note')}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      }
      confirm={text('transfer.confirm')}
      blocked={!personId}
      act={act}
      busy={transfer.isPending}
      error={transfer.error}
    />
  );
}
