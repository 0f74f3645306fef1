import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { invitationText } from './invitation.text.js';
import { Invitations } from './invitations.part.js';
import { OwnComplaints } from './own-complaints.part.js';

export function InvitationsPage() {
  const text = useText(invitationText);
  const title = useText(frameText)('enterprise.invitations');
  return (
    <Page title={title} question={text('question')}>
      <Tabs label={title} names={['lists', 'complaints']} title={(name) => text(`tab.${name}`)}>
        {(name) => (name === 'lists' ? <Invitations /> : <OwnComplaints />)}
      </Tabs>
    </Page>
  );
}
