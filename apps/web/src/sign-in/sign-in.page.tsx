import { Button, Form, Input } from 'antd';
import { Link } from 'react-router';

import { isSignedOut } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { ProblemView } from '../parts/states.part.js';
import { DemoPeople } from './demo-people.part.js';
import { Door } from './door.part.js';
import { useSignIn } from './sign-in.query.js';
import { signInText } from './sign-in.text.js';

interface Fields {
  readonly login: string;
  readonly password: string;
}

export function SignInPage() {
  const text = useText(signInText);
  const signIn = useSignIn();
  const [form] = Form.useForm<Fields>();
  const required = [{ required: true, message: text('required') }];
  return (
    <Door title={text('title')}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields: Fields) => signIn.mutate(fields)}>
        <Form.Item name="login" label={text('login')} rules={required}>
          <Input autoComplete="username" autoCapitalize="none" autoFocus />
        </Form.Item>
        <Form.Item name="password" label={text('password')} rules={required}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {signIn.error ? <Refusal error={signIn.error} /> : null}
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {text('submit')}
        </Button>
      </Form>
      <p className="aside">
        {text('toRegister')} <Link to="/register">{text('register')}</Link>
      </p>
      <DemoPeople
        onChoose={(login) => {
          form.setFieldsValue({ login });
          form.getFieldInstance('password')?.focus();
        }}
      />
    </Door>
  );
}

/** A wrong password needs no code and no correlation id. */
function Refusal({ error }: { error: Error }) {
  const text = useText(signInText);
  if (!isSignedOut(error)) return <ProblemView error={error} />;
  return (
    <p className="notice" role="alert">
      {text('wrong')}
    </p>
  );
}
