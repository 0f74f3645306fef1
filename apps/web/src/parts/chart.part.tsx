import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';

import { useText } from '../frame/language.part.js';
import type { ChartOption } from './canvas.part.js';
import { DataTable, type Column } from './data-table.part.js';
import { ExportCsv } from './export-csv.part.js';
import { instantText } from './format.rules.js';
import { partsText } from './parts.text.js';
import { Skeleton } from './states.part.js';

const Canvas = lazy(() => import('./canvas.part.js'));

interface ChartProps<Row> {
  /** Says what the chart shows, not what kind of chart it is. */
  readonly title: string;
  readonly unit: string;
  readonly asOf?: string | undefined;
  readonly option: ChartOption;
  readonly height?: number;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly exportName: string;
  readonly onPick?: (name: string) => void;
}

/** A chart with its unit, its "as of", and the same figures as a table. */
export function Chart<Row>(props: ChartProps<Row>) {
  const text = useText(partsText);
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="chart">
      <figcaption>
        <h2>{props.title}</h2>
        <p>
          {text('chart.unit', { unit: props.unit })}
          {props.asOf ? ` · ${text('chart.asOf', { asOf: instantText(props.asOf) })}` : ''}
        </p>
        <div className="page-actions">
          <Button size="small" type="text" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {text(asTable ? 'chart.asChart' : 'chart.asTable')}
          </Button>
          <ExportCsv
            name={props.exportName}
            columns={props.columns}
            rows={() => Promise.resolve({ rows: props.rows, cut: false })}
          />
        </div>
      </figcaption>
      {asTable ? <DataTable caption={props.title} {...props} /> : <Drawing {...props} />}
    </figure>
  );
}

function Drawing<Row>({ title, option, height = 280, onPick }: ChartProps<Row>) {
  return (
    <Suspense fallback={<Skeleton rows={6} />}>
      <Canvas label={title} option={option} height={height} {...(onPick ? { onPick } : {})} />
    </Suspense>
  );
}
