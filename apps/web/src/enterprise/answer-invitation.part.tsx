import { Form, Input } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { ConfirmAct } from '../parts/confirm-act.part.js';
import { useInvitationAnswer, type Invitation } from './invitation.query.js';
import { invitationText } from './invitation.text.js';

/** Yes with whom to call, or no; either may be changed as long as the list lives. */
export function AnswerInvitation({ invitation }: { invitation: Invitation }) {
  if (invitation.listingStatus === 'CLOSED' && invitation.consent !== 'CONSENTED') return null;
  return (
    <span className="page-actions">
      {invitation.consent === 'CONSENTED' ? null : <Agree invitation={invitation} />}
      {invitation.consent === 'REFUSED' ? null : <Refuse invitation={invitation} />}
    </span>
  );
}

const phonePattern = /^[0-9+() -]{5,20}$/;

function Agree({ invitation: { id, title } }: { invitation: Invitation }) {
  const text = useText(invitationText);
  const answer = useInvitationAnswer(id);
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const contact = { name: name.trim(), phone: phone.trim() };
  const bad = phone !== '' && !phonePattern.test(contact.phone);
  return (
    <ConfirmAct
      label={text('agree.do')}
      title={text('agree.title')}
      what={
        <>
          <p>{text('agree.what', { title })}</p>
          <Form layout="vertical" className="gap">
            <Form.Item label={text('agree.name')}>
              <Input
                aria-label={text('agree.name')}
                maxLength={40}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            </Form.Item>
            <Form.Item
              label={text('agree.phone')}
              validateStatus={bad ? 'error' : ''}
              help={bad ? text('agree.phoneBad') : undefined}
            >
              <Input
                aria-label={text('agree.phone')}
                inputMode="tel"
                maxLength={20}
                value={phone}
                onChange={(event) => setPhone(event.target.value)}
              />
            </Form.Item>
          </Form>
        </>
      }
      confirm={text('agree.confirm')}
      button={{ size: 'small', type: 'primary' }}
      blocked={contact.name === '' || !phonePattern.test(contact.phone)}
      act={() => answer.mutateAsync({ answer: 'CONSENTED', contact })}
      busy={answer.isPending}
      error={answer.error}
    />
  );
}

function Refuse({ invitation: { id, title, consent, takers } }: { invitation: Invitation }) {
  const text = useText(invitationText);
  const answer = useInvitationAnswer(id);
  return (
    <ConfirmAct
      label={text(consent === 'CONSENTED' ? 'refuse.withdraw' : 'refuse.do')}
      title={text('refuse.title')}
      what={
        <>
          <p>{text('refuse.what', { title })}</p>
          {takers.length > 0 ? <p>{text('refuse.taken', { count: takers.length })}</p> : null}
        </>
      }
      confirm={text('refuse.confirm')}
      button={{ size: 'small' }}
      act={() => answer.mutateAsync({ answer: 'REFUSED' })}
      busy={answer.isPending}
      error={answer.error}
    />
  );
}
