import { Segmented } from 'antd';
import { useParams } from 'react-router';

import { useText } from '../frame/language.part.js';
import { useLive } from '../notice/live.query.js';
import { Code } from '../parts/code.part.js';
import { Page } from '../parts/page.part.js';
import { Answer } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { StateTag } from '../parts/vocabulary.part.js';
import { CreditReport } from '../report/credit-report.part.js';
import { bankText } from './bank.text.js';
import { CaseWork } from './case-work.part.js';
import { useCase, type CaseDetail } from './case.query.js';

export function CasePage() {
  const { id = '' } = useParams();
  const found = useCase(id);
  useLive(['case.', 'visit.', 'clock.', 'complaint.'], ['case', 'progress']);
  return <Answer query={found}>{(file) => <CaseView file={file} />}</Answer>;
}

function CaseView({ file }: { file: CaseDetail }) {
  const text = useText(bankText);
  const { get, set } = useUrl();
  const tab = get('tab') === 'report' && file.enterprise ? 'report' : 'work';
  const tabs = (
    <Segmented
      value={tab}
      options={[
        { value: 'work', label: text('detail.tab.work') },
        { value: 'report', label: text('detail.tab.report'), disabled: !file.enterprise },
      ]}
      onChange={(chosen) => set({ tab: chosen === 'report' ? 'report' : undefined })}
    />
  );
  const who = file.enterprise ? <Code value={file.enterprise.uscc} /> : null;
  return (
    <Page
      title={file.enterprise?.name ?? text('case.given')}
      question={
        <>
          <StateTag kind="grab" state={file.status} /> {who}
        </>
      }
      actions={tabs}
    >
      {tab === 'report' && file.enterprise ? (
        <CreditReport uscc={file.enterprise.uscc} key={file.enterprise.uscc} />
      ) : (
        <CaseWork file={file} />
      )}
    </Page>
  );
}
