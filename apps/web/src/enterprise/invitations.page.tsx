import { Tabs } from 'antd';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { useUrl } from '../parts/url.query.js';
import { invitationText } from './invitation.text.js';
import { Invitations } from './invitations.part.js';
import { OwnComplaints } from './own-complaints.part.js';

export function InvitationsPage() {
  const text = useText(invitationText);
  const title = useText(frameText)('enterprise.invitations');
  const { get, set } = useUrl();
  return (
    <Page title={title} question={text('question')}>
      <Tabs
        activeKey={get('tab') === 'complaints' ? 'complaints' : 'lists'}
        destroyOnHidden
        onChange={(tab) => set({ tab: tab === 'lists' ? undefined : tab })}
        items={[
          { key: 'lists', label: text('tab.lists'), children: <Invitations /> },
          { key: 'complaints', label: text('tab.complaints'), children: <OwnComplaints /> },
        ]}
      />
    </Page>
  );
}
