import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { Campaigns } from './campaigns.part.js';
import { Listings } from './listings.part.js';
import { outreachText } from './outreach.text.js';
import { usePlace } from './place.query.js';
import { ProgrammeAdmin } from './programme-admin.part.js';
import { TakeUps } from './take-ups.part.js';
import { Targets } from './targets.part.js';

const views = {
  listings: Listings,
  takeUps: TakeUps,
  targets: Targets,
  campaigns: Campaigns,
  programmes: ProgrammeAdmin,
} as const;
type Tab = keyof typeof views;

const ofBank: readonly Tab[] = ['listings', 'takeUps', 'targets', 'campaigns'];
const ofOffice: readonly Tab[] = ['listings', 'campaigns', 'programmes'];

/** Directed lists, first-loan campaigns and programmes: departments ask, banks go and see. */
export function OutreachPage() {
  const text = useText(outreachText);
  const title = useText(frameText)('outreach');
  const { office } = usePlace();
  return (
    <Page title={title} question={text(office ? 'question.office' : 'question.bank')}>
      <Tabs label={title} names={office ? ofOffice : ofBank} title={(name) => text(`tab.${name}`)}>
        {(name) => {
          const View = views[name];
          return <View />;
        }}
      </Tabs>
    </Page>
  );
}
