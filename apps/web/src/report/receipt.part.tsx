import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';

import { useText } from '../frame/language.part.js';
import { Code } from '../parts/code.part.js';
import { When } from '../parts/figures.part.js';
import { Facts, Section } from '../parts/page.part.js';
import { ProblemView } from '../parts/states.part.js';
import { StatusTag } from '../parts/status-tag.part.js';
import { useReceiptCheck, type Receipt } from './report.query.js';
import { reportText } from './report.text.js';

/** Signed proof that the query is in the log: to keep, and to check at any time. */
export function ReceiptSheet({ receipt }: { receipt: Receipt }) {
  const text = useText(reportText);
  const check = useReceiptCheck();
  const actions = (
    <span className="no-print">
      <Button size="small" loading={check.isPending} onClick={() => check.mutate(receipt)}>
        {text('receipt.check')}
      </Button>{' '}
      <Button size="small" icon={<DownloadOutlined aria-hidden />} onClick={() => save(receipt)}>
        {text('receipt.save')}
      </Button>
    </span>
  );
  return (
    <Section title={text('receipt')} actions={actions}>
      <Facts
        items={[
          [text('receiptNumber'), receipt.sequence],
          [text('at'), <When at={receipt.at} />],
          [text('receiptHash'), <Code value={receipt.hash} />],
        ]}
      />
      <div role="status" className="gap">
        {check.data ? (
          <StatusTag tone={check.data.genuine ? 'good' : 'bad'}>
            {text(check.data.genuine ? 'receipt.genuine' : 'receipt.false')}
          </StatusTag>
        ) : null}
      </div>
      {check.error ? <ProblemView error={check.error} /> : null}
    </Section>
  );
}

/** As it was given out: whoever gets the file can check it with the published keys. */
function save(receipt: Receipt): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }));
  link.download = `receipt-${receipt.sequence}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
