import { useLanguage, useText } from '../frame/language.part.js';
import { CursorTable } from '../parts/cursor-table.part.js';
import { wordColumn, type Column } from '../parts/data-table.part.js';
import { When } from '../parts/figures.part.js';
import { FilterBar } from '../parts/filter-bar.part.js';
import { Section } from '../parts/page.part.js';
import { Empty } from '../parts/states.part.js';
import { useUrl } from '../parts/url.query.js';
import { FeedFilter } from '../steward/set-aside.part.js';
import { loadOperationLog, type OperationAct } from './flow.query.js';
import { flowText } from './flow.text.js';
import { upkeepText } from './upkeep.text.js';

/** Who did what to the flow, and why. */
export function OperationLog() {
  const text = useText(flowText);
  const title = useText(upkeepText)('tab.log');
  const { get } = useUrl();
  const feed = get('feed');
  return (
    <>
      <FilterBar keys={['feed']}>
        <FeedFilter />
      </FilterBar>
      <Section title={title} note={text('log.note')} flush>
        <CursorTable
          caption={title}
          name={['operation', 'log', feed]}
          load={loadOperationLog(feed)}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={<Empty why={text('log.none')} />}
          exportName="operation-log"
        />
      </Section>
    </>
  );
}

function useColumns(): Column<OperationAct>[] {
  const text = useText(flowText);
  const { language } = useLanguage();
  const words: Readonly<Record<string, string>> = flowText[language];
  const act = ({ act: what, personId }: OperationAct) =>
    [words[`act.${what}`] ?? what, personId === null ? text('act.system') : ''].filter(Boolean).join(' · ');
  return [
    { key: 'at', title: text('log.at'), cell: ({ at }) => <When at={at} />, text: ({ at }) => at },
    wordColumn('act', text('log.act'), act),
    {
      key: 'of',
      title: text('log.of'),
      cell: ({ name, feeds }) => <code className="broken">{name ?? feeds.join(' ')}</code>,
      text: ({ name, feeds }) => name ?? feeds.join(' '),
    },
    wordColumn('why', text('log.why'), ({ reason }) => reason),
  ];
}
