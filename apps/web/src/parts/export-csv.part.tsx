import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';

import { useText } from '../frame/language.part.js';
import { csvOf } from './csv.rules.js';
import type { Column } from './data-table.part.js';
import { dayOf } from './format.rules.js';
import { partsText } from './parts.text.js';

interface ExportProps<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  /** All rows of the table as the person may see them, not only the page in view. */
  readonly rows: () => Promise<{ rows: readonly Row[]; cut: boolean }>;
}

export function ExportCsv<Row>({ name, columns, rows }: ExportProps<Row>) {
  const text = useText(partsText);
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      const got = await rows();
      download(`${name}-${dayOf(new Date())}.csv`, tableOf(columns, got.rows));
      if (got.cut) message.warning(text('table.exportCut', { count: got.rows.length }));
    } catch (error) {
      message.error(error instanceof Error ? error.message : text('problem.broken'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" icon={<DownloadOutlined aria-hidden />} loading={busy} onClick={() => void run()}>
      {busy ? text('table.exporting') : text('table.export')}
    </Button>
  );
}

function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const exported = columns.flatMap(({ title, text }) => (text ? [{ title, text }] : []));
  return csvOf(
    exported.map(({ title }) => title),
    rows.map((row) => exported.map(({ text }) => text(row))),
  );
}

export function download(name: string, csv: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
