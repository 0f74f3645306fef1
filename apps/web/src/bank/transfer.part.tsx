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
  const [chosen, choose] = useState<Chosen>({ reason: 'WORKLOAD', note: '' });
  const act = async () => {
    const { personId, reason } = chosen;
    if (!personId) return;
    const note = chosen.note.trim();
    await transfer.mutateAsync({ personId, reason, ...(note ? { note } : {}) });
    message.success(text('transfer.done'));
  };
  return (
    <ConfirmAct
      label={text('transfer.title')}
      title={text('transfer.title')}
      what={<Choice managerId={managerId} chosen={chosen} choose={choose} />}
      confirm={text('transfer.confirm')}
      blocked={!chosen.personId}
      act={act}
      busy={transfer.isPending}
      error={transfer.error}
    />
  );
}

interface Chosen {
  readonly personId?: string;
  readonly reason: Transfer['reason'];
  readonly note: string;
}

interface ChoiceProps {
  readonly managerId: string;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
}

function Choice({ managerId, chosen, choose }: ChoiceProps) {
  const text = useText(workText);
  const { data: team } = useTeam();
  const colleagues = team?.items.filter(({ id }) => id !== managerId) ?? [];
  return (
    <div className="stacked">
      <p>{text('transfer.what')}</p>
      <Select
        aria-label={text('transfer.to')}
        placeholder={text('transfer.to')}
        value={chosen.personId ?? null}
        options={colleagues.map(({ id, name, open }) => ({
          value: id,
          label: `${name} · ${text('team.open', { open })}`,
        }))}
        onChange={(personId: string | null) => personId && choose({ ...chosen, personId })}
      />
      <Select
        aria-label={text('transfer.reason')}
        value={chosen.reason}
        options={reasons.map((value) => ({ value, label: text(`transfer.${value}`) }))}
        onChange={(reason) => choose({ ...chosen, reason })}
      />
      <Input
        aria-label={text('transfer.note')}
        placeholder={text('transfer.note')}
        maxLength={500}
        value={chosen.note}
        onChange={(event) => choose({ ...chosen, note: event.target.value })}
      />
    </div>
  );
}
