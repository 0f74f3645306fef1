import { UploadOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { useText } from '../frame/language.part.js';
import { dayOf } from '../parts/format.rules.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { useDelivery } from './batch.query.js';
import { useFeeds } from './feed.query.js';
import { operatorText } from './operator.text.js';

interface Fields {
  readonly feed: string;
  readonly charset: string;
  readonly reference: string;
}

export function UploadBatch() {
  const text = useText(operatorText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" icon={<UploadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {text('batches.upload')}
      </Button>
      <Drawer title={text('upload.title')} open={open} onClose={() => setOpen(false)} size={460} destroyOnHidden>
        <UploadForm />
      </Drawer>
    </>
  );
}

function UploadForm() {
  const text = useText(operatorText);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [file, setFile] = useState<File>();
  const delivery = useDelivery((id) => {
    message.success(text('upload.done'));
    void navigate(`/operator/batches/${id}`);
  });
  const submit = (fields: Fields) => file && delivery.mutate({ ...fields, file });
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      initialValues={{ charset: 'utf-8', reference: `portal-${dayOf(new Date())}-${Date.now() % 100_000}` }}
      onFinish={submit}
    >
      <UploadFields onFile={setFile} />
      {delivery.error ? <ProblemView error={delivery.error} /> : null}
      <Button type="primary" htmlType="submit" disabled={!file} loading={delivery.isPending}>
        {text('upload.submit')}
      </Button>
    </Form>
  );
}

function UploadFields({ onFile }: { onFile: (file: File | undefined) => void }) {
  const text = useText(operatorText);
  const required = [{ required: true, message: useText(partsText)('required') }];
  const feeds = useFeeds();
  return (
    <>
      <Form.Item name="feed" label={text('upload.feed')} rules={required}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={feeds.data?.items.map(({ feed, title }) => ({ value: feed, label: `${title} ${feed}` })) ?? []}
        />
      </Form.Item>
      <Form.Item label={text('upload.file')} htmlFor="upload-file">
        <input
          id="upload-file"
          type="file"
          accept=".csv,.txt,.ndjson,.jsonl,.xlsx,.xml,.zip"
          onChange={(event) => onFile(event.target.files?.[0])}
        />
      </Form.Item>
      <Form.Item name="charset" label={text('upload.charset')}>
        <Select options={['utf-8', 'gb18030'].map((value) => ({ value, label: value.toUpperCase() }))} />
      </Form.Item>
      <Form.Item
        name="reference"
        label={text('upload.reference')}
        extra={text('upload.referenceHint')}
        rules={required}
      >
        <Input maxLength={100} />
      </Form.Item>
    </>
  );
}
