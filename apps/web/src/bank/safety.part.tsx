import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { useLanguage, useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty, ProblemView } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import {
  assetKinds,
  loadNotes,
  useNewPledge,
  useNotesOf,
  usePledgeRelease,
  usePledges,
  type NewPledge,
  type Pledge,
  type SafetyNote,
} from './safety.query.js';
import { safetyText } from './safety.text.js';

/** What is pledged for a case, and what one's institution was told about it. */
export function CaseSafety({ grabId, running }: { grabId: string; running: boolean }) {
  const text = useText(safetyText);
  const { language } = useLanguage();
  const pledges = usePledges(grabId);
  const { data: notes } = useNotesOf(grabId);
  return (
    <Section title={text('title')} note={text('note')}>
      {notes?.items.map((note) => (
        <p key={note.id} className="notice">
          {note.text[language]}
        </p>
      ))}
      <Answer query={pledges} rows={2}>
        {({ items }) => (items.length === 0 ? <p className="quiet">{text('none')}</p> : <Pledges pledges={items} />)}
      </Answer>
      {running ? <RegisterPledge grabId={grabId} /> : null}
    </Section>
  );
}

function Pledges({ pledges }: { pledges: readonly Pledge[] }) {
  const text = useText(safetyText);
  const { data: me } = useMe();
  const columns: Column<Pledge>[] = [
    wordColumn('kind', text('kind'), ({ kind }) => text(kindOf(kind))),
    { key: 'at', title: text('registered'), cell: ({ registeredAt }) => <When at={registeredAt} /> },
    {
      key: 'state',
      title: text('state'),
      cell: ({ releasedAt, equalElsewhere }) => (
        <>
          <StatusTag tone={releasedAt ? 'still' : 'good'}>{text(releasedAt ? 'released' : 'standing')}</StatusTag>
          {equalElsewhere ? (
            <p>
              <StatusTag tone="warn">{text('equal')}</StatusTag>
            </p>
          ) : null}
        </>
      ),
    },
    {
      key: 'act',
      title: '',
      cell: ({ id, releasedAt }) => (releasedAt === null && me ? <ReleasePledge id={id} /> : null),
    },
  ];
  return <DataTable caption={text('title')} columns={columns} rows={pledges} rowKey={({ id }) => id} />;
}

const kindOf = (kind: string): NewPledge['kind'] => assetKinds.find((one) => one === kind) ?? 'OTHER';

function ReleasePledge({ id }: { id: string }) {
  const text = useText(safetyText);
  const { message } = App.useApp();
  const release = usePledgeRelease();
  const act = async () => {
    await release.mutateAsync(id);
    message.success(text('releaseDone'));
  };
  return (
    <ConfirmAct
      label={text('release')}
      title={text('release')}
      what={<p>{text('releaseWhat')}</p>}
      confirm={text('release')}
      button={{ size: 'small' }}
      act={act}
      busy={release.isPending}
      error={release.error}
    />
  );
}

function RegisterPledge({ grabId }: { grabId: string }) {
  const text = useText(safetyText);
  const { message } = App.useApp();
  const pledge = useNewPledge();
  const [kind, setKind] = useState<NewPledge['kind']>('PATENT');
  const [identifier, setIdentifier] = useState('');
  const register = () =>
    pledge.mutate(
      { grabId, kind, identifier: identifier.trim() },
      {
        onSuccess: ({ equalElsewhere }) => {
          setIdentifier('');
          if (equalElsewhere) message.warning(text('elsewhere'));
          else message.success(text('alone'));
        },
      },
    );
  return (
    <div className="stacked gap">
      <div className="page-actions">
        <Select
          aria-label={text('kind')}
          value={kind}
          style={{ width: 130 }}
          options={assetKinds.map((value) => ({ value, label: text(value) }))}
          onChange={setKind}
        />
        <Input
          className="grow"
          aria-label={text('identifier')}
          placeholder={text('identifierHint')}
          maxLength={100}
          value={identifier}
          onChange={(event) => setIdentifier(event.target.value)}
        />
        <Button disabled={identifier.trim().length < 4} loading={pledge.isPending} onClick={register}>
          {text('register')}
        </Button>
      </div>
      {pledge.error ? <ProblemView error={pledge.error} /> : null}
    </div>
  );
}

/** Every note that one's institution was given, over all cases. */
export function SafetyNotes() {
  const text = useText(safetyText);
  const { language } = useLanguage();
  useLive(['safety.'], ['safety-notes']);
  const columns: Column<SafetyNote>[] = [
    {
      key: 'kind',
      title: text('notes.kind'),
      cell: ({ what }) => <StatusTag tone="warn">{text(what)}</StatusTag>,
      text: ({ what }) => text(what),
    },
    wordColumn('what', text('notes.what'), (note) => note.text[language]),
    {
      key: 'at',
      title: text('notes.at'),
      cell: ({ notedAt }) => <When at={notedAt} />,
      text: ({ notedAt }) => notedAt,
    },
    {
      key: 'act',
      title: '',
      cell: ({ grabId }) => <Link to={`/bank/cases/${grabId}`}>{text('notes.open')}</Link>,
    },
  ];
  return (
    <Section title={text('notes.title')} note={text('notes.note')} flush>
      <CursorTable
        caption={text('notes.title')}
        name={['safety-notes', 'all']}
        load={loadNotes}
        columns={columns}
        rowKey={({ id }) => id}
        empty={<Empty why={text('notes.none')} />}
        exportName="safety-notes"
      />
    </Section>
  );
}
