import { App, Button, Drawer, Input, Radio, Select } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { useFeeds } from '../operator/feed.query.js';
import { ActWithNote } from '../parts/act-with-note.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { useProposal, useRecords, type RecordView } from './correction.query.js';
import { fieldOfText, textOfField } from './field-text.rules.js';
import { stewardText } from './steward.text.js';

/** Finds a record, changes some of its fields, and says on what that rests. */
export function ProposeCorrection() {
  const text = useText(stewardText);
  const { data: feeds } = useFeeds();
  const [open, setOpen] = useState(false);
  const [uscc, setUscc] = useState('');
  const [feed, setFeed] = useState('');
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {text('correction.propose')}
      </Button>
      <Drawer title={text('correction.propose')} open={open} onClose={() => setOpen(false)} size={640} destroyOnHidden>
        <div className="stacked">
          <Select
            aria-label={text('feed')}
            placeholder={text('feed')}
            showSearch
            optionFilterProp="label"
            value={feed || null}
            options={feeds?.items.map((one) => ({ value: one.feed, label: `${one.title} ${one.feed}` })) ?? []}
            onChange={(chosen: string | null) => setFeed(chosen ?? '')}
          />
          <Input
            aria-label={text('claim.uscc')}
            placeholder={text('claim.uscc')}
            maxLength={18}
            value={uscc}
            onChange={(event) => setUscc(event.target.value.trim().toUpperCase())}
          />
          {uscc.length === 18 && feed ? (
            <Records key={`${uscc} ${feed}`} uscc={uscc} feed={feed} done={() => setOpen(false)} />
          ) : null}
        </div>
      </Drawer>
    </>
  );
}

function Records({ uscc, feed, done }: { uscc: string; feed: string; done: () => void }) {
  const text = useText(stewardText);
  const records = useRecords(uscc, feed);
  const [chosen, choose] = useState<RecordView>();
  return (
    <Answer query={records}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty why={text('correction.noRecord')} />
        ) : (
          <>
            <Radio.Group
              aria-label={text('correction.record')}
              className="stacked"
              value={chosen?.recordKey ?? null}
              options={items.map(({ recordKey, eventDate }) => ({
                value: recordKey,
                label: `${recordKey} · ${eventDate}`,
              }))}
              onChange={(event) => choose(items.find(({ recordKey }) => recordKey === event.target.value))}
            />
            {chosen ? <Fields key={chosen.recordKey} record={chosen} done={done} /> : null}
          </>
        )
      }
    </Answer>
  );
}

function Fields({ record, done }: { record: RecordView; done: () => void }) {
  const text = useText(stewardText);
  const { message } = App.useApp();
  const proposal = useProposal();
  const [typed, type] = useState<Record<string, string>>({});
  const [document, setDocument] = useState('');
  const changed = Object.entries(typed).filter(([field, value]) => value !== textOfField(record.fields[field]));
  const fields = Object.fromEntries(changed.map(([field, value]) => [field, fieldOfText(value, record.fields[field])]));
  const wrong = Object.values(fields).includes(undefined);
  const act = async (reason: string) => {
    const { feed, recordKey, version } = record;
    await proposal.mutateAsync({ feed, recordKey, version, fields, reason, document: document.trim() });
    message.success(text('correction.proposed'));
    done();
  };
  return (
    <>
      <div className="cells">
        {Object.entries(record.fields).map(([field, value]) => (
          <label key={field} className="cell">
            <code>{field}</code>
            <Input
              value={typed[field] ?? textOfField(value)}
              disabled={record.masked.includes(field)}
              onChange={(event) => type({ ...typed, [field]: event.target.value })}
            />
          </label>
        ))}
      </div>
      <Input
        aria-label={text('correction.document')}
        placeholder={text('correction.document')}
        maxLength={100}
        value={document}
        onChange={(event) => setDocument(event.target.value)}
      />
      <ActWithNote
        label={text('correction.propose')}
        what={<p>{text('correction.proposeWhat', { count: changed.length })}</p>}
        button={{ type: 'primary', size: 'middle' }}
        blocked={changed.length === 0 || wrong || document.trim().length < 2}
        act={act}
        of={proposal}
      />
    </>
  );
}
