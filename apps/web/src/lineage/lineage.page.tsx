import { Link } from 'react-router';

import { useMe } from '../client/session.query.js';
import { useText } from '../frame/language.part.js';
import { Page } from '../parts/page.part.js';
import { useUrl } from '../parts/url.query.js';
import { EnterpriseFile } from './enterprise-file.part.js';
import { FindLineage } from './find-lineage.part.js';
import { lineageText } from './lineage.text.js';
import { RecordTrace } from './record-trace.part.js';
import { ReportTrace } from './rests-on.part.js';

/** From any figure back to the row of a file that it rests on, and from a record on to all that used it. */
export function LineagePage() {
  const text = useText(lineageText);
  const { params } = useUrl();
  const again = <Link to="/lineage">{text('again')}</Link>;
  return (
    <Page title={text('title')} question={text('question')} actions={params.size > 0 && again}>
      <Traced />
    </Page>
  );
}

/** What is traced stands in the address; an enterprise that names nothing sees its own score. */
function Traced() {
  const { get } = useUrl();
  const { data: me } = useMe();
  const [feed, recordKey, report] = [get('feed'), get('key'), get('report')];
  const uscc = get('uscc') ?? me?.organisation.uscc;
  if (feed && recordKey) {
    const version = Number(get('version')) || undefined;
    return <RecordTrace key={`${feed} ${recordKey}`} place={{ feed, recordKey, version }} />;
  }
  if (report) return <ReportTrace queryId={report} />;
  return uscc ? <EnterpriseFile key={uscc} uscc={uscc} /> : <FindLineage feed={feed} />;
}
