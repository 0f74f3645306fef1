import { LogoutOutlined } from '@ant-design/icons';
import { Button } from 'antd';

import { signOut, type Me } from '../client/session.query.js';
import { Bell } from '../notice/bell.part.js';
import { frameText } from './frame.text.js';
import { LanguageSwitch } from './language-switch.part.js';
import { useText } from './language.part.js';

export function TopBar({ me }: { me: Me }) {
  const text = useText(frameText);
  return (
    <div className="top-bar">
      <p className="organisation">
        <strong>{me.organisation.name}</strong>
        <span>{me.roles.map((role) => text(`role.${role}`)).join(' · ')}</span>
      </p>
      <Bell />
      <LanguageSwitch />
      <span className="person">{me.displayName}</span>
      <Button type="text" icon={<LogoutOutlined />} aria-label={text('signOut')} onClick={() => void signOut()}>
        <span className="wide-only">{text('signOut')}</span>
      </Button>
    </div>
  );
}
