import { UploadOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { useText } from '../frame/language.part.js';
import { useFeeds } from '../operator/feed.query.js';
import { FilePick } from '../parts/file-pick.part.js';
import { dayOf } from '../parts/format.rules.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { Sending } from './sending.part.js';
import { AnotherFile, useTransfer } from './transfer.query.js';
import { Unfinished } from './unfinished.part.js';
import type { Delivery } from './upload.query.js';
import { uploadText } from './upload.text.js';

/** Sends a file in pieces; closing the drawer pauses it, and what was begun before waits in it. */
export function UploadBatch() {
  const text = useText(uploadText);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const transfer = useTransfer((batch) => {
    message.success(text('done'));
    void navigate(`/operator/batches/${batch}`);
  });
  const close = () => {
    transfer.pause();
    setOpen(false);
  };
  const waiting = transfer.kept.length;
  return (
    <>
      <Button type="primary" icon={<UploadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {waiting > 0 && !open ? text('open.unfinished', { count: waiting }) : text('open')}
      </Button>
      <Drawer title={text('title')} open={open} onClose={close} size={460} destroyOnHidden>
        <UploadWork of={transfer} />
      </Drawer>
    </>
  );
}

function UploadWork({ of }: { of: ReturnType<typeof useTransfer> }) {
  const text = useText(uploadText);
  const { error, transfer } = of;
  return (
    <>
      {transfer ? <Sending of={of} transfer={transfer} /> : null}
      {!transfer && of.kept.length > 0 ? <Unfinished of={of} /> : null}
      {error instanceof AnotherFile ? <p className="notice">{text('another')}</p> : null}
      {error && !(error instanceof AnotherFile) ? <ProblemView error={error} /> : null}
      {transfer ? null : <UploadForm of={of} />}
    </>
  );
}

function UploadForm({ of }: { of: ReturnType<typeof useTransfer> }) {
  const text = useText(uploadText);
  const [file, setFile] = useState<File>();
  const empty = file?.size === 0;
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      initialValues={{ charset: 'utf-8', reference: `portal-${dayOf(new Date())}-${Date.now() % 100_000}` }}
      onFinish={(fields: Delivery) => file && void of.start(file, fields)}
    >
      <UploadFields onFile={setFile} empty={empty} />
      <Button type="primary" htmlType="submit" disabled={!file || empty} loading={of.busy}>
        {text('submit')}
      </Button>
    </Form>
  );
}

function UploadFields({ onFile, empty }: { onFile: (file: File | undefined) => void; empty: boolean }) {
  const text = useText(uploadText);
  const required = [{ required: true, message: useText(partsText)('required') }];
  const feeds = useFeeds();
  return (
    <>
      <Form.Item name="feed" label={text('feed')} rules={required}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={feeds.data?.items.map(({ feed, title }) => ({ value: feed, label: `${title} ${feed}` })) ?? []}
        />
      </Form.Item>
      <Form.Item
        label={text('file')}
        htmlFor="upload-file"
        extra={text('fileHint')}
        {...(empty ? { validateStatus: 'error', help: text('empty') } : {})}
      >
        <FilePick id="upload-file" accept=".csv,.txt,.ndjson,.jsonl,.xlsx,.xml,.zip" onFile={onFile} />
      </Form.Item>
      <Form.Item name="charset" label={text('charset')}>
        <Select options={['utf-8', 'gb18030'].map((value) => ({ value, label: value.toUpperCase() }))} />
      </Form.Item>
      <Form.Item name="reference" label={text('reference')} extra={text('referenceHint')} rules={required}>
        <Input maxLength={100} />
      </Form.Item>
    </>
  );
}
