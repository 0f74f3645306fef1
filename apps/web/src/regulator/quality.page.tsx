import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { FeedBoard } from '../operator/feed-board.part.js';
import { Page } from '../parts/page.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { sourceText } from '../source/source.text.js';
import { FeedScores, SourceScores } from '../steward/feed-quality.part.js';
import { qualityText } from '../steward/quality.text.js';
import { regulatorText } from './regulator.text.js';

const tabs = { board: () => <FeedBoard />, scores: FeedScores, sources: SourceScores } as const;
const names = Object.keys(tabs) as (keyof typeof tabs)[];

/** A figure is only as good as its source: the operator's board of feeds, without the way to the batches. */
export function QualityPage() {
  const text = useText(regulatorText);
  const words = useText(qualityText);
  const title = useText(frameText)('regulator.quality');
  const catalogue = <Link to="/sources">{useText(sourceText)('title')}</Link>;
  return (
    <Page title={title} question={text('quality.question')} actions={catalogue}>
      <Tabs label={title} names={names} title={(name) => words(`tab.${name}`)}>
        {(name) => {
          const View = tabs[name];
          return <View />;
        }}
      </Tabs>
    </Page>
  );
}
