import { Tabs } from 'antd';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { useUrl } from '../parts/url.query.js';
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
  const { get, set } = useUrl();
  const { office } = usePlace();
  const tabs = office ? ofOffice : ofBank;
  const chosen = tabs.find((name) => name === get('tab')) ?? 'listings';
  return (
    <Page title={title} question={text(office ? 'question.office' : 'question.bank')}>
      <Tabs
        activeKey={chosen}
        destroyOnHidden
        onChange={(tab) => set({ tab: tab === 'listings' ? undefined : tab })}
        items={tabs.map((name) => {
          const View = views[name];
          return { key: name, label: text(`tab.${name}`), children: <View /> };
        })}
      />
    </Page>
  );
}
