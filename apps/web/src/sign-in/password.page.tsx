import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';

import { api, take, withKey } from '../client/api.query.js';
import { useCommand } from '../client/command.query.js';
import type { components } from '../client/generated/identity.js';
import { meKey, signOut } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { ProblemView } from '../parts/states.part.js';
import { Door } from './door.part.js';
import { signInText } from './sign-in.text.js';

type Change = components['schemas']['ChangePasswordRequest'];

/** Stands before everything else while the first password is still to be changed. */
export function PasswordPage() {
  const text = useText(signInText);
  const leave = useText(frameText)('signOut');
  const client = useQueryClient();
  const required = { required: true, message: text('required') };
  const change = useCommand({
    send: (body: Change, key) => take(api.identity.POST('/api/identity/me/password', { body, headers: withKey(key) })),
    onDone: () => void client.invalidateQueries({ queryKey: meKey }),
  });
  return (
    <Door title={text('password.title')}>
      <p className="aside">{text('password.lead')}</p>
      <Form layout="vertical" requiredMark={false} onFinish={(fields: Change) => change.mutate(fields)}>
        <Form.Item name="oldPassword" label={text('password.old')} rules={[required]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="newPassword"
          label={text('password.new')}
          extra={text('register.passwordHint')}
          rules={[required, { min: 12, message: text('register.passwordShort') }]}
          validateTrigger="onBlur"
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {change.error ? <ProblemView error={change.error} /> : null}
        <Button type="primary" htmlType="submit" block loading={change.isPending}>
          {text('password.submit')}
        </Button>
      </Form>
      <p className="aside">
        <button type="button" className="plain" onClick={() => void signOut()}>
          {leave}
        </button>
      </p>
    </Door>
  );
}
