import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { evaluationText } from '../evaluation/evaluation.text.js';
import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { PortraitView } from '../portrait/portrait-view.part.js';
import { usePortrait } from '../portrait/portrait.query.js';
import { portraitText } from '../portrait/portrait.text.js';

export function PortraitPage() {
  const text = useText(portraitText);
  const title = useText(frameText)('enterprise.portrait');
  const evaluation = useText(evaluationText);
  const { data: me } = useMe();
  const portrait = usePortrait(me?.organisation.uscc);
  return (
    <Page
      title={title}
      question={text('question')}
      actions={<Link to="/enterprise/evaluation">{evaluation('title')}</Link>}
    >
      <Answer query={portrait} rows={10}>
        {(found) => <PortraitView portrait={found} traced />}
      </Answer>
    </Page>
  );
}
