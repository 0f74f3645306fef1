import { Button } from 'antd';
import { useState, type ReactNode } from 'react';

import { useText } from '../frame/language.part.js';
import type { Cell } from './csv.rules.js';
import { useNarrow } from './narrow.query.js';
import { partsText } from './parts.text.js';

export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the exported file holds; a column without it is not exported. */
  readonly text?: (row: Row) => Cell;
  readonly numeric?: boolean;
  readonly width?: number;
}

/** A column that shows and exports the same words. */
export function wordColumn<Row>(key: string, title: string, of: (row: Row) => string): Column<Row> {
  return { key, title, cell: of, text: of };
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Marks a row that was just touched or has arrived while one looked on. */
  readonly rowClass?: (row: Row) => string | undefined;
}

/** So many cards are some screens of a telephone; a hundred are a walk that nobody finishes. */
const cardsAtOnce = 20;

/** A table with a sticky head that becomes cards below 768 px; roles are spelt out because cards lose the table display. */
export function DataTable<Row>({ caption, columns, rows, rowKey, rowClass }: DataTableProps<Row>) {
  const narrow = useNarrow();
  const [cards, setCards] = useState(cardsAtOnce);
  const shown = narrow ? rows.slice(0, cards) : rows;
  return (
    <>
      <div className="table-scroll" role="region" aria-label={caption} tabIndex={0}>
        <table className="data" role="table" aria-label={caption}>
          <Head columns={columns} />
          <tbody role="rowgroup">
            {shown.map((row) => (
              <tr key={rowKey(row)} role="row" className={rowClass?.(row)}>
                {columns.map((column) => (
                  <td key={column.key} role="cell" data-label={column.title} className={classOf(column)}>
                    <div>{column.cell(row)}</div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < rows.length ? (
        <More count={rows.length} shown={shown.length} show={() => setCards(cards + cardsAtOnce)} />
      ) : null}
    </>
  );
}

function Head<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  const text = useText(partsText);
  return (
    <thead role="rowgroup">
      <tr role="row">
        {columns.map((column) => (
          <th
            key={column.key}
            role="columnheader"
            scope="col"
            className={classOf(column)}
            style={{ width: column.width }}
          >
            {column.title || <span className="hidden">{text('table.act')}</span>}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function More({ count, shown, show }: { count: number; shown: number; show: () => void }) {
  const text = useText(partsText);
  return (
    <p className="table-more">
      <Button block onClick={show}>
        {text('table.more', { next: Math.min(cardsAtOnce, count - shown), count })}
      </Button>
    </p>
  );
}

/** Acts stay in view at the right edge when a table is wider than the screen. */
const classOf = <Row,>({ key, numeric }: Column<Row>): string | undefined =>
  numeric ? 'numeric' : key === 'act' ? 'act' : undefined;
