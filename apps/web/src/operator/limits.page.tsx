import { useMe } from '../client/session.query.js';
import { frameText } from '../frame/frame.text.js';
import { useText } from '../frame/language.part.js';
import { DataTable, type Column } from '../parts/data-table.part.js';
import { Page, Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { Tabs } from '../parts/tabs.part.js';
import { AppliedToNeed } from './applied-limits.part.js';
import { EndOverride } from './end-override.part.js';
import { useDecisionColumn, useLimitColumns } from './limit-columns.part.js';
import { useLimits, type LimitChange, type Limits } from './limit.query.js';
import { LprQuotes } from './lpr.part.js';
import { marketText } from './market.text.js';
import { operatorText } from './operator.text.js';
import { ProposeLimit } from './propose-limit.part.js';

const tabs = { limits: AllLimits, applied: AppliedToNeed, lpr: LprQuotes } as const;
const names = Object.keys(tabs) as (keyof typeof tabs)[];

export function LimitsPage() {
  const text = useText(operatorText);
  const title = useText(frameText)('operator.limits');
  const words = useText(marketText);
  return (
    <Page title={title} question={text('limits.question')}>
      <Tabs label={title} names={names} title={(name) => words(`tab.${name}`)} clears={['need']}>
        {(name) => {
          const View = tabs[name];
          return <View />;
        }}
      </Tabs>
    </Page>
  );
}

function AllLimits() {
  const limits = useLimits();
  return (
    <Answer query={limits} rows={10}>
      {(found) => <LimitTables limits={found} />}
    </Answer>
  );
}

function LimitTables({ limits }: { limits: Limits }) {
  const text = useText(operatorText);
  const { data: me } = useMe();
  const { what, scope, value, since, source, reason, status } = useLimitColumns();
  const decide = useDecisionColumn([...limits.inForce, ...limits.overrides], me?.id);
  const change = {
    key: 'act',
    title: '',
    cell: (limit: Limits['inForce'][number]) => <ProposeLimit limit={limit} />,
  };
  const end = {
    key: 'act',
    title: '',
    cell: (override: LimitChange) => <EndOverride override={override} />,
  };
  return (
    <>
      <ChangeTable
        title={text('limits.planned')}
        rows={limits.planned}
        columns={[what, scope, value, since, reason, status, decide]}
        none={text('limits.plannedNone')}
      />
      <ChangeTable
        title={text('limits.inForce')}
        note={text('limits.version', { version: limits.version })}
        rows={limits.inForce}
        columns={[what, value, since, source, reason, change]}
        none=""
      />
      <ChangeTable
        title={text('limits.overrides')}
        note={text('limits.overridesNote')}
        rows={limits.overrides}
        columns={[what, scope, value, since, reason, end]}
        none={text('limits.overridesNone')}
      />
      <ChangeTable
        title={text('limits.history')}
        rows={limits.history}
        columns={[what, scope, value, since, reason, status]}
        none={text('limits.historyNone')}
      />
    </>
  );
}

interface ChangeTableProps {
  readonly title: string;
  readonly note?: string;
  readonly rows: readonly LimitChange[];
  readonly columns: readonly Column<LimitChange>[];
  readonly none: string;
}

function ChangeTable({ title, note, rows, columns, none }: ChangeTableProps) {
  return (
    <Section title={title} note={note} flush>
      {rows.length > 0 ? (
        <DataTable caption={title} columns={columns} rows={rows} rowKey={({ id }) => id} />
      ) : (
        <Empty why={none} />
      )}
    </Section>
  );
}
