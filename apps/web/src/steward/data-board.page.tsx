import { Link } from 'react-router';

import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { FeedBoard } from '../operator/feed-board.part.js';
import { operatorText } from '../operator/operator.text.js';
import { Page } from '../parts/page.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { sourceText } from '../source/source.text.js';
import { FeedScores, SourceScores } from './feed-quality.part.js';
import { Findings } from './findings.part.js';
import { Letters } from './letters.part.js';
import { qualityText } from './quality.text.js';

const tabs = {
  board: () => <FeedBoard toBatches />,
  scores: FeedScores,
  sources: SourceScores,
  findings: Findings,
  letters: Letters,
} as const;
const names = Object.keys(tabs) as (keyof typeof tabs)[];

/** What comes in, how good it is, and what was said to the sources about it. */
export function DataBoardPage() {
  const text = useText(qualityText);
  const title = useText(frameText)('operator.feeds');
  const question = useText(operatorText)('feeds.question');
  const catalogue = <Link to="/sources">{useText(sourceText)('title')}</Link>;
  return (
    <Page title={title} question={question} actions={catalogue}>
      <Tabs label={title} names={names} title={(name) => text(`tab.${name}`)} clears={['feed', 'kind', 'heat']}>
        {(name) => {
          const View = tabs[name];
          return <View />;
        }}
      </Tabs>
    </Page>
  );
}
