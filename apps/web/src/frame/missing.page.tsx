import { Link } from 'react-router';

import { Page } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { frameText } from './frame.text.js';
import { useText } from './language.part.js';

export function MissingPage() {
  const text = useText(frameText);
  return (
    <Page title={text('missing.title')}>
      <Empty why={text('missing.why')} next={<Link to="/">{text('missing.next')}</Link>} />
    </Page>
  );
}
