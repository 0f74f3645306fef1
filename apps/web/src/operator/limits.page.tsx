import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { DataTable } from '../parts/data-table.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { useDecisionColumn, useLimitColumns } from './limit-columns.part.js';
import { useLimits, type Limits } from './limit.query.js';
import { operatorText } from './operator.text.js';
import { ProposeLimit } from './propose-limit.part.js';

export function LimitsPage() {
  const text = useText(operatorText);
  const title = useText(frameText)('operator.limits');
  const limits = useLimits();
  return (
    <Page title={title} question={text('limits.question')}>
      <Answer query={limits} rows={10}>
        {(found) => <LimitTables limits={found} />}
      </Answer>
    </Page>
  );
}

function LimitTables({ limits }: { limits: Limits }) {
  const text = useText(operatorText);
  const { data: me } = useMe();
  const columns = useLimitColumns();
  const decide = useDecisionColumn(limits.inForce, me?.id);
  const change = {
    key: 'act',
    title: '',
    cell: (limit: Limits['inForce'][number]) => <ProposeLimit limit={limit} />,
  };
  return (
    <>
      <Section title={text('limits.planned')} flush>
        {limits.planned.length > 0 ? (
          <DataTable
            caption={text('limits.planned')}
            columns={[columns.what, columns.value, columns.since, columns.reason, columns.status, decide]}
            rows={limits.planned}
            rowKey={({ id }) => id}
          />
        ) : (
          <Empty why={text('limits.plannedNone')} />
        )}
      </Section>
      <Section title={text('limits.inForce')} note={text('limits.version', { version: limits.version })} flush>
        <DataTable
          caption={text('limits.inForce')}
          columns={[columns.what, columns.value, columns.since, columns.source, columns.reason, change]}
          rows={limits.inForce}
          rowKey={({ id }) => id}
        />
      </Section>
      <Section title={text('limits.history')} flush>
        {limits.history.length > 0 ? (
          <DataTable
            caption={text('limits.history')}
            columns={[columns.what, columns.value, columns.since, columns.reason, columns.status]}
            rows={limits.history}
            rowKey={({ id }) => id}
          />
        ) : (
          <Empty why={text('limits.historyNone')} />
        )}
      </Section>
    </>
  );
}
