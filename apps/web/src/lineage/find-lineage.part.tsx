import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { useFeeds } from '../operator/feed.query.js';
import { Section } from '../parts/page.part.js';
import { recordPath, scorePath } from './lineage-path.rules.js';
import { useEnterprises } from './lineage.query.js';
import { lineageText } from './lineage.text.js';

/** Where to begin: a record by its key, or an enterprise by its name. */
export function FindLineage({ feed }: { feed: string | undefined }) {
  const { data: me } = useMe();
  return (
    <div className={me?.organisation.kind === 'operator' ? 'columns' : undefined}>
      <FindRecord feed={feed} />
      {me?.organisation.kind === 'operator' ? <FindEnterprise /> : null}
    </div>
  );
}

function FindRecord({ feed }: { feed: string | undefined }) {
  const text = useText(lineageText);
  const go = useNavigate();
  const { data: feeds } = useFeeds();
  const options = feeds?.items.map((one) => ({ value: one.feed, label: `${one.title} ${one.feed}` })) ?? [];
  return (
    <Section title={text('find.record')} note={text('find.recordNote')}>
      <Form
        layout="vertical"
        initialValues={{ feed }}
        requiredMark={false}
        onFinish={(wanted: { feed: string; key: string }) => void go(recordPath(wanted.feed, wanted.key.trim()))}
      >
        <Form.Item name="feed" label={text('feed')} rules={[{ required: true, message: text('find.feedFirst') }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={options} placeholder={text('feed')} />
        </Form.Item>
        <Form.Item name="key" label={text('key')} rules={[{ required: true, message: text('find.keyFirst') }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {text('find.go')}
        </Button>
      </Form>
    </Section>
  );
}

function FindEnterprise() {
  const text = useText(lineageText);
  const go = useNavigate();
  const [words, setWords] = useState('');
  const found = useEnterprises(words.trim());
  const options = found.data?.items.map(({ uscc, name }) => ({ value: uscc, label: name, uscc })) ?? [];
  return (
    <Section title={text('find.enterprise')} note={text('find.enterpriseNote')}>
      <label className="field-label" htmlFor="find-enterprise">
        {text('find.name')}
      </label>
      <Select
        id="find-enterprise"
        data-search
        style={{ width: '100%' }}
        value={null}
        showSearch={{ filterOption: false, onSearch: setWords }}
        placeholder={text('find.namePlaceholder')}
        loading={found.isFetching}
        notFoundContent={words.trim().length < 2 ? text('find.typeMore') : text('find.nothing')}
        options={options}
        optionRender={({ data }) => (
          <>
            {data.label} <code className="quiet">{data.uscc}</code>
          </>
        )}
        onChange={(uscc: string | null) => uscc && void go(scorePath(uscc))}
      />
    </Section>
  );
}
