import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { DeadLetters } from '../operator/dead-letters.page.js';
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
  letters: DeadLetters,
} as const;
const names = Object.keys(tabs) as (keyof typeof tabs)[];

/** Is the market as it must be, and does anybody play it? */
export function WatchPage() {
  const text = useText(watchText);
  const title = useText(frameText)('operator.watch');
  return (
    <Page title={title} question={text('question')}>
      <Tabs
        label={title}
        names={names}
        title={(name) => text(`tab.${name}`)}
        clears={['need', 'month', 'service', 'state']}
      >
        {(name) => {
          const View = tabs[name];
          return <View />;
        }}
      </Tabs>
    </Page>
  );
}
