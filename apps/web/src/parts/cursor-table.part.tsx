import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';

import { useText } from '../frame/language.part.js';
import { DataTable, type Column } from './data-table.part.js';
import { ExportCsv } from './export-csv.part.js';
import { partsText } from './parts.text.js';
import { Answer } from './states.part.js';
import { usePageTrail } from './url.query.js';

export interface Slice<Row> {
  readonly items: readonly Row[];
  readonly nextCursor?: string | null;
}

export type Load<Row> = (page: { limit: number; cursor?: string | undefined }) => Promise<Slice<Row>>;

const pageRows = 20;
/** 5 000 rows are 50 calls: a person waits some seconds, a service hardly notices. */
const exportRowsMax = 5_000;

interface CursorTableProps<Row> {
  readonly caption: string;
  /** Key of the query: the room's name and everything that `load` filters by. */
  readonly name: readonly unknown[];
  readonly load: Load<Row>;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly rowClass?: (row: Row) => string | undefined;
  readonly empty: ReactNode;
  readonly exportName?: string;
  /** Asks again every so many milliseconds while the page is in view. */
  readonly refreshMs?: number;
}

/** A list of any length by cursor; the page in view is part of the address. */
export function CursorTable<Row>(props: CursorTableProps<Row>) {
  const { cursor } = usePageTrail();
  const query = useQuery({
    queryKey: [...props.name, 'page', cursor],
    queryFn: () => props.load({ limit: pageRows, cursor }),
    placeholderData: keepPreviousData,
    refetchInterval: props.refreshMs ?? false,
  });
  return (
    <Answer query={query} rows={8}>
      {(slice) => <SliceView {...props} slice={slice} stale={query.isPlaceholderData} />}
    </Answer>
  );
}

function SliceView<Row>(props: CursorTableProps<Row> & { slice: Slice<Row>; stale: boolean }) {
  const { slice, stale, caption, columns, rowKey, rowClass } = props;
  const { page } = usePageTrail();
  if (slice.items.length === 0 && page === 1) return <>{props.empty}</>;
  return (
    <div aria-busy={stale} className={stale ? 'fading' : undefined}>
      <DataTable
        caption={caption}
        columns={columns}
        rows={slice.items}
        rowKey={rowKey}
        {...(rowClass ? { rowClass } : {})}
      />
      <TableFoot {...props} />
    </div>
  );
}

type TableFootProps<Row> = Pick<CursorTableProps<Row>, 'columns' | 'load' | 'exportName'> & { slice: Slice<Row> };

/** Export and paging; for a table that keeps its rows itself, too. */
export function TableFoot<Row>({ slice, columns, load, exportName }: TableFootProps<Row>) {
  const text = useText(partsText);
  const { page, next, previous } = usePageTrail();
  const following = slice.nextCursor;
  return (
    <footer className="table-foot">
      {exportName ? <ExportCsv name={exportName} columns={columns} rows={() => loadAll(load)} /> : null}
      {page > 1 || following ? (
        <nav aria-label={text('table.paging')}>
          <Button size="small" icon={<LeftOutlined aria-hidden />} disabled={page === 1} onClick={previous}>
            {text('table.previous')}
          </Button>
          <span className="figure">{text('table.page', { page })}</span>
          <Button
            size="small"
            icon={<RightOutlined aria-hidden />}
            iconPlacement="end"
            disabled={!following}
            onClick={() => following && next(following)}
          >
            {text('table.next')}
          </Button>
        </nav>
      ) : null}
    </footer>
  );
}

async function loadAll<Row>(load: Load<Row>): Promise<{ rows: Row[]; cut: boolean }> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const slice = await load({ limit: 100, cursor });
    rows.push(...slice.items);
    cursor = slice.nextCursor ?? undefined;
  } while (cursor && rows.length < exportRowsMax);
  return { rows, cut: cursor !== undefined };
}
