import { headerPlacesOf, rowsOf } from '../file/row.driver.js';
import { settledCharset, settledJsonCharset } from './declared-charset.driver.js';
import { type FeedReader, layoutOf, type RawFile, type ReadReport, type ReadRow } from './read-row.rules.js';

/** CSV and NDJSON as members of an archive of several files; a single one is read where it lies. */
export const plainReader: FeedReader = { read: readPlain };

async function* readPlain(raw: RawFile, report: ReadReport): AsyncGenerator<ReadRow[]> {
  const form = raw.form === 'NDJSON' ? 'NDJSON' : 'CSV';
  const charset = form === 'CSV' ? await settledCharset(raw) : await settledJsonCharset(raw);
  const file = { path: raw.path, form, charset, contract: raw.contract } as const;
  if (form === 'CSV') report.layout = layoutOf(raw.contract, await headerPlacesOf(file));
  for await (const rows of rowsOf(file))
    yield rows.map(({ line, raw: text, cells, faults }) => ({ line, place: '', raw: text, cells, faults }));
}
