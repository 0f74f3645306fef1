import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { Alerts } from './alerts.part.js';
import { Complaints } from './complaints.part.js';
import { Draws } from './draws.part.js';
import { Flags } from './flags.part.js';
import { InvariantTable } from './invariants.part.js';
import { RefusalTable } from './refusals.part.js';
import { Scores } from './scores.part.js';
import { watchText } from './watch.text.js';

const tabs = {
  invariants: InvariantTable,
  draws: Draws,
  refusals: RefusalTable,
  alerts: Alerts,
  complaints: Complaints,
  flags: Flags,
  scores: Scores,
} as const;
const names = Object.keys(tabs) as (keyof typeof tabs)[];

/** Is the market as it must be, and does anybody play it? */
export function WatchPage() {
  const text = useText(watchText);
  const frame = useText(frameText);
  const [title, outreach] = [frame('operator.watch'), frame('outreach')];
  return (
    <Page title={title} question={text('question')} actions={<Link to="/operator/outreach">{outreach}</Link>}>
      <Tabs label={title} names={names} title={(name) => text(`tab.${name}`)} clears={['need', 'month']}>
        {(name) => {
          const View = tabs[name];
          return <View />;
        }}
      </Tabs>
    </Page>
  );
}
