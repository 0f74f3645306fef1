import { PrinterOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { Section } from '../parts/page.part.js';
import { ProblemView } from '../parts/states.part.js';
import { useChoices } from '../parts/vocabulary.part.js';
import { ReportSheet } from './report-sheet.part.js';
import { useReport, type Query } from './report.query.js';
import { reportText } from './report.text.js';

const purposes: readonly Query['purpose'][] = [
  'PRE_LOAN',
  'POST_LOAN',
  'GUARANTEE',
  'SUBSIDY_REVIEW',
  'RECOMMENDATION',
];

/** Asks for the purpose before it asks the service: the enterprise will read it. */
export function CreditReport({ uscc }: { uscc: string }) {
  const text = useText(reportText);
  const choices = useChoices();
  const report = useReport();
  const [purpose, setPurpose] = useState<Query['purpose']>('PRE_LOAN');
  return (
    <>
      <div className="no-print">
        <Section title={text('title')} note={text('what')}>
          <div className="page-actions">
            <Select
              aria-label={text('purpose')}
              value={purpose}
              options={choices('purpose', purposes)}
              style={{ width: 180 }}
              onChange={(chosen: Query['purpose']) => setPurpose(chosen)}
            />
            <Button
              type={report.data ? 'default' : 'primary'}
              loading={report.isPending}
              onClick={() => report.mutate({ uscc, purpose })}
            >
              {text(report.data ? 'again' : 'ask')}
            </Button>
            {report.data ? (
              <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
                {text('print')}
              </Button>
            ) : null}
          </div>
          {report.error ? <ProblemView error={report.error} /> : null}
        </Section>
      </div>
      {report.data ? <ReportSheet queried={report.data} /> : null}
    </>
  );
}
