import { App, Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { partsText } from '../parts/parts.text.js';
import { ProblemView } from '../parts/states.part.js';
import { useNewPerson, type Kind, type NewPerson } from './organisation.query.js';
import { organisationText } from './organisation.text.js';

type Role = NewPerson['roles'][number];

/** Which roles the people of an organisation may hold. */
const rolesOf: Record<Kind, readonly Role[]> = {
  institution: ['account-manager', 'institution-admin'],
  source: ['source'],
  regulator: ['regulator'],
  operator: ['operator'],
  enterprise: [],
};

export function AddPerson(props: { organisation: string; kind: Kind }) {
  const text = useText(organisationText);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {text('people.add')}
      </Button>
      <Drawer title={text('people.add')} open={open} onClose={() => setOpen(false)} size={420} destroyOnHidden>
        <PersonForm {...props} close={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function PersonForm({ organisation, kind, close }: { organisation: string; kind: Kind; close: () => void }) {
  const text = useText(organisationText);
  const role = useText(frameText);
  const required = { required: true, message: useText(partsText)('required') };
  const { message } = App.useApp();
  const person = useNewPerson(organisation);
  const submit = async (fields: NewPerson) => {
    await person.mutateAsync(fields);
    message.success(text('person.done'));
    close();
  };
  const roles = rolesOf[kind].map((value) => ({ value, label: role(`role.${value}`) }));
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      initialValues={{ roles: rolesOf[kind].slice(0, 1) }}
      onFinish={(fields: NewPerson) => void submit(fields).catch(() => undefined)}
    >
      <Form.Item name="displayName" label={text('person.name')} rules={[required]}>
        <Input maxLength={50} />
      </Form.Item>
      <Form.Item name="login" label={text('person.login')} rules={[required]}>
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="roles" label={text('person.roles')} rules={[required]}>
        <Select mode="multiple" options={roles} />
      </Form.Item>
      <Form.Item
        name="password"
        label={text('person.password')}
        extra={text('person.passwordHint')}
        rules={[required, { min: 12, message: text('person.passwordHint') }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {person.error ? <ProblemView error={person.error} /> : null}
      <Button type="primary" htmlType="submit" loading={person.isPending}>
        {text('person.submit')}
      </Button>
    </Form>
  );
}
