import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { FeedBoard } from '../operator/feeds.page.js';
import { regulatorText } from './regulator.text.js';

/** A figure is only as good as its source: the operator's board of feeds, without the way to the batches. */
export function QualityPage() {
  const text = useText(regulatorText);
  const title = useText(frameText)('regulator.quality');
  return <FeedBoard title={title} question={text('quality.question')} />;
}
