import { Button, Form, Input } from 'antd';
import { Link } from 'react-router';

import { useText } from '../frame/language.part.js';
import { ProblemView } from '../parts/states.part.js';
import { Door } from './door.part.js';
import { useRegistration, useSignIn } from './sign-in.query.js';
import { signInText } from './sign-in.text.js';

interface Fields {
  readonly uscc: string;
  readonly legalRepresentative: string;
  readonly login: string;
  readonly password: string;
}

const usccPattern = /^[0-9A-HJ-NPQRTUWXY]{18}$/;
const loginPattern = /^[a-z0-9][a-z0-9._@-]{2,63}$/;

/** Registry names are typed by hand: spaces around them mean nothing, and codes are upper case. */
const tidied = (fields: Fields): Fields => ({
  ...fields,
  uscc: fields.uscc.trim().toUpperCase(),
  legalRepresentative: fields.legalRepresentative.trim(),
});

export function RegisterPage() {
  const text = useText(signInText);
  const signIn = useSignIn();
  const registration = useRegistration(signIn.mutateAsync);
  const error = registration.error ?? signIn.error;
  return (
    <Door title={text('register.title')}>
      <p className="aside">{text('register.lead')}</p>
      <Form layout="vertical" requiredMark={false} onFinish={(fields: Fields) => registration.mutate(tidied(fields))}>
        <RegistrationFields />
        {error ? <ProblemView error={error} /> : null}
        <Button type="primary" htmlType="submit" block loading={registration.isPending || signIn.isPending}>
          {text('register.submit')}
        </Button>
      </Form>
      <p className="aside">
        <Link to="/sign-in">{text('register.toSignIn')}</Link>
      </p>
    </Door>
  );
}

function RegistrationFields() {
  const text = useText(signInText);
  const required = { required: true, message: text('required') };
  return (
    <>
      <Form.Item
        name="uscc"
        label={text('register.uscc')}
        extra={text('register.usccHint')}
        normalize={(value: string) => value.toUpperCase()}
        rules={[required, { pattern: usccPattern, message: text('register.usccWrong'), validateTrigger: 'onBlur' }]}
        validateTrigger="onBlur"
      >
        <Input autoComplete="off" maxLength={18} className="figure" />
      </Form.Item>
      <Form.Item name="legalRepresentative" label={text('register.legal')} rules={[required]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="login"
        label={text('register.login')}
        rules={[required, { pattern: loginPattern, message: text('register.loginWrong') }]}
        validateTrigger="onBlur"
      >
        <Input autoComplete="username" autoCapitalize="none" />
      </Form.Item>
      <Form.Item
        name="password"
        label={text('register.password')}
        extra={text('register.passwordHint')}
        rules={[required, { min: 12, message: text('register.passwordShort') }]}
        validateTrigger="onBlur"
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
