import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { DeadLetters } from '../operator/dead-letters.page.js';
import { Page } from '../parts/page.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { Deliveries } from './deliveries.part.js';
import { Flow } from './flow.part.js';
import { Keys } from './keys.part.js';
import { OperationLog } from './operation-log.part.js';
import { Sums } from './reconciliation.part.js';
import { Retention } from './retention.part.js';
import { Runs } from './runs.part.js';
import { SearchIndexState } from './search-index.part.js';
import { upkeepText } from './upkeep.text.js';

const tabs = {
  flow: Flow,
  runs: Runs,
  letters: DeadLetters,
  deliveries: Deliveries,
  sums: Sums,
  search: SearchIndexState,
  retention: Retention,
  keys: Keys,
  log: OperationLog,
} as const;
const names = Object.keys(tabs) as (keyof typeof tabs)[];

/** Whether everything runs: what came in, what went out, and whether the sums agree. */
export function OperationPage() {
  const text = useText(upkeepText);
  const title = useText(frameText)('operator.operation');
  return (
    <Page title={title} question={text('question')}>
      <Tabs
        label={title}
        names={names}
        title={(name) => text(`tab.${name}`)}
        clears={['service', 'state', 'feed', 'which']}
      >
        {(name) => {
          const View = tabs[name];
          return <View />;
        }}
      </Tabs>
    </Page>
  );
}
