import { App, Button, Checkbox, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { useNewOrganisation, type NewOrganisation } from './organisation.query.js';
import { organisationText } from './organisation.text.js';

const kinds = ['institution', 'source', 'regulator'] as const;
export const memberships = ['CREDIT', 'MARKETPLACE'] as const;

export function AddOrganisation() {
  const text = useText(organisationText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {text('orgs.add')}
      </Button>
      <Drawer title={text('orgs.add')} open={open} onClose={() => setOpen(false)} size={420} destroyOnHidden>
        <OrganisationForm close={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function OrganisationForm({ close }: { close: () => void }) {
  const text = useText(organisationText);
  const required = { required: true, message: useText(partsText)('required') };
  const { message } = App.useApp();
  const organisation = useNewOrganisation();
  const [form] = Form.useForm<NewOrganisation>();
  const kind: unknown = Form.useWatch('kind', form);
  const submit = async (fields: NewOrganisation) => {
    await organisation.mutateAsync(fields);
    message.success(text('org.done'));
    close();
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: 'institution' }}
      onFinish={(fields: NewOrganisation) => void submit(fields).catch(() => undefined)}
    >
      <Form.Item name="kind" label={text('org.kind')} rules={[required]}>
        <Select options={kinds.map((value) => ({ value, label: text(`org.${value}`) }))} />
      </Form.Item>
      <Form.Item name="name" label={text('org.name')} rules={[required]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="code"
        label={text('org.code')}
        rules={[required, { pattern: /^[A-Z0-9-]{2,32}$/, message: text('org.codeWrong') }]}
        normalize={(value: string) => value.toUpperCase()}
      >
        <Input maxLength={32} />
      </Form.Item>
      {kind === 'institution' ? (
        <Form.Item name="memberships" label={text('org.memberships')}>
          <Checkbox.Group options={memberships.map((value) => ({ value, label: text(`org.${value}`) }))} />
        </Form.Item>
      ) : null}
      {organisation.error ? <ProblemView error={organisation.error} /> : null}
      <Button type="primary" htmlType="submit" loading={organisation.isPending}>
        {text('org.submit')}
      </Button>
    </Form>
  );
}
