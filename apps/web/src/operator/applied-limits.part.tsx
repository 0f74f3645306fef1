import { Input } from 'antd';

import { useText } from '../frame/language.part.js';
import { DataTable, wordColumn, type Column } from '../parts/data-table.part.js';
import { FilterBar } from '../parts/filter-bar.part.js';
import { Section } from '../parts/page.part.js';
import { Answer, Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { useLimitWords, useScopeWords } from './limit-columns.part.js';
import { useApplied, type AppliedLimit } from './market.query.js';
import { marketText } from './market.text.js';

/** What decides whether, and until when, a bank may take a place of a need; the rest is about other things. */
const ofGrabs = new Set([
  'placesLimited',
  'maxGrabsPerNeed',
  'amountLimited',
  'overSubscriptionBp',
  'singleHouseholdMaxFen',
  'openGrabsLimited',
  'maxOpenGrabsPerInstitution',
  'maxOpenGrabsPerManager',
  'maxDailyGrabsPerInstitution',
  'maxDailyGrabsPerManager',
  'firstContactWorkdays',
  'decisionWorkdays',
  'smallDecisionWorkdays',
  'fairWindowSeconds',
  'exclusiveWindowMinutes',
]);

const wholeId = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** For operators: of any need that was published. */
export function AppliedToNeed() {
  const text = useText(marketText);
  const { get, set } = useUrl();
  const need = get('need')?.toLowerCase();
  return (
    <>
      <FilterBar keys={['need']}>
        <Input.Search
          key={need}
          aria-label={text('applied.need')}
          placeholder={text('applied.needPlaceholder')}
          defaultValue={need}
          allowClear
          style={{ width: 420, maxWidth: '100%' }}
          onSearch={(typed) => set({ need: typed.trim() })}
        />
      </FilterBar>
      {need && wholeId.test(need) ? (
        <AppliedLimits needId={need} />
      ) : (
        <Empty why={text(need ? 'applied.invalid' : 'applied.ask')} />
      )}
    </>
  );
}

/** Which value of each limit holds for a need, which change set it, and how much is used where that is known. */
export function AppliedLimits({ needId, used = {} }: { needId: string; used?: Readonly<Record<string, string>> }) {
  const text = useText(marketText);
  const applied = useApplied(needId);
  return (
    <Answer query={applied} rows={8}>
      {({ version, items }) => (
        <Section title={text('applied.title')} note={text('applied.note', { version })} flush>
          <LimitTable
            caption={text('applied.grab')}
            limits={items.filter(({ what }) => ofGrabs.has(what))}
            used={used}
          />
          <details className="more">
            <summary>{text('applied.others')}</summary>
            <LimitTable
              caption={text('applied.others')}
              limits={items.filter(({ what }) => !ofGrabs.has(what))}
              used={{}}
            />
          </details>
        </Section>
      )}
    </Answer>
  );
}

interface LimitTableProps {
  readonly caption: string;
  readonly limits: readonly AppliedLimit[];
  readonly used: Readonly<Record<string, string>>;
}

function LimitTable({ caption, limits, used }: LimitTableProps) {
  const text = useText(marketText);
  const { nameOf, valueOf } = useLimitWords();
  const scopeOf = useScopeWords();
  const columns: Column<AppliedLimit>[] = [
    wordColumn('what', caption, nameOf),
    { key: 'value', title: text('applied.value'), numeric: true, cell: valueOf, text: valueOf },
    wordColumn(
      'from',
      text('applied.from'),
      (limit) => `${scopeOf(limit)} · ${text('applied.set', { version: limit.version })}`,
    ),
  ];
  const share: Column<AppliedLimit> = {
    key: 'used',
    title: text('applied.used'),
    numeric: true,
    cell: ({ what }) => used[what] ?? '',
  };
  const [name, value, from] = columns as [Column<AppliedLimit>, Column<AppliedLimit>, Column<AppliedLimit>];
  return (
    <DataTable
      caption={caption}
      columns={Object.keys(used).length > 0 ? [name, value, share, from] : columns}
      rows={limits}
      rowKey={({ what }) => what}
    />
  );
}
