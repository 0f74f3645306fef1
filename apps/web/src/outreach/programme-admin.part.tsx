import { Button, Drawer } from 'antd';
import { useState } from 'react';

import { useRangeColumns } from '../bank/product-columns.part.js';
import { loadProgrammes, type Programme } from '../bank/product.query.js';
import { shelfText } from '../bank/shelf.text.js';
import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { type Column, wordColumn } from '../parts/data-table.part.js';
import { instantText } from '../parts/format.rules.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { usePlace } from './place.query.js';
import { EditProgramme, NewProgramme } from './programme-form.part.js';
import { useProgrammeClosure } from './programme.query.js';
import { programmeText } from './programme.text.js';

/** Programmes of all departments; one's own may be changed and closed. */
export function ProgrammeAdmin() {
  const text = useText(programmeText);
  const [form, show] = useState<Programme | 'new'>();
  const close = () => show(undefined);
  const title = form === 'new' || !form ? text('newTitle') : text('editTitle', { name: form.name });
  const add = (
    <Button type="primary" onClick={() => show('new')}>
      {text('new')}
    </Button>
  );
  return (
    <Section title={text('caption')} note={text('note')} actions={add} flush>
      <CursorTable
        caption={text('caption')}
        name={['programmes', 'admin']}
        load={loadProgrammes}
        columns={useColumns(show)}
        rowKey={({ id }) => id}
        empty={<Empty why={text('none')} />}
        exportName="programmes"
      />
      <Drawer title={title} open={form !== undefined} onClose={close} size={640} destroyOnHidden>
        {form === 'new' ? <NewProgramme done={close} /> : null}
        {form && form !== 'new' ? <EditProgramme programme={form} done={close} /> : null}
      </Drawer>
    </Section>
  );
}

function useColumns(edit: (programme: Programme) => void): Column<Programme>[] {
  const text = useText(programmeText);
  const shelf = useText(shelfText);
  const { organisation } = usePlace();
  return [
    {
      key: 'name',
      title: text('name'),
      cell: ({ name, owner, version, changedAt, source }) => (
        <>
          <strong>{name}</strong>
          <p className="quiet">
            {owner} · {source}
          </p>
          <p className="quiet">{text('version', { version, at: instantText(changedAt) })}</p>
        </>
      ),
      text: ({ name }) => name,
    },
    wordColumn('family', text('family'), ({ family }) => shelf(`family.${family}`)),
    ...useRangeColumns<Programme>(),
    {
      key: 'subscribers',
      title: text('subscribers'),
      numeric: true,
      cell: ({ subscribers }) => subscribers,
      text: ({ subscribers }) => subscribers,
    },
    {
      key: 'state',
      title: text('state'),
      cell: ({ status }) => <StatusTag tone={status === 'OPEN' ? 'good' : 'still'}>{text(status)}</StatusTag>,
      text: ({ status }) => text(status),
    },
    {
      key: 'act',
      title: '',
      cell: (programme) =>
        programme.owner === organisation && programme.status === 'OPEN' ? (
          <span className="page-actions">
            <Button size="small" onClick={() => edit(programme)}>
              {text('edit')}
            </Button>
            <Close programme={programme} />
          </span>
        ) : null,
    },
  ];
}

function Close({ programme: { id, name, subscribers } }: { programme: Programme }) {
  const text = useText(programmeText);
  const close = useProgrammeClosure();
  return (
    <ConfirmAct
      label={text('close')}
      title={text('close')}
      what={<p>{text('closeWhat', { name, subscribers })}</p>}
      confirm={text('closeDo')}
      button={{ size: 'small' }}
      danger
      act={() => close.mutateAsync(id)}
      busy={close.isPending}
      error={close.error}
    />
  );
}
