import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { City } from './city.js';
import {
  correctionStyle,
  departmentDeliveries,
  type FeedPlan,
  filePlans,
  pullPlans,
  type Stage,
} from './delivery-plan.js';
import { columnsOf, leading } from './feed-columns.js';
import { contentTypeOf, encodeFile } from './feed-file.js';
import { countFlaws, countRows, type Manifest, type ManifestFile, type ManifestPull } from './manifest.js';
import { accountsOf } from './operation-rows.js';
import { Random } from './random.js';
import type { Delivery, Row } from './row.js';
import { sourceOf } from './source.js';
import { taxCorrections } from './tax-corrections.js';

/** A file that is ready to be delivered. */
export interface FeedFile {
  readonly entry: ManifestFile;
  readonly content: Buffer;
}

/** What is known of a file before it is made. */
export type FileKind = Pick<ManifestFile, 'feed' | 'stage' | 'afterPull'>;

/**
 * Every file of the city in the order of delivery, one in memory at a time, so that a large city streams. Leaves out the
 * tax bureau's three feeds, which are pulled (tax-bureau.md), but for a small file of corrections at the end. Files that
 * are not `wanted` are not made.
 */
export function* feedFiles(city: City, wanted: (kind: FileKind) => boolean = () => true): Generator<FeedFile> {
  for (const plan of filePlans) {
    if (!wanted({ feed: plan.feed, stage: plan.stage, afterPull: false })) continue;
    for (const delivery of departmentDeliveries(city, plan)) {
      if (delivery.rows.length > 0) yield fileOf(plan, delivery, false);
    }
  }
  const corrections = { feed: 'tax.vat-return', stage: 'LATER', style: correctionStyle } as const;
  if (!wanted({ ...corrections, afterPull: true })) return;
  const delivery = taxCorrections(city, new Random(`${city.seed}/tax-corrections`));
  if (delivery.rows.length > 0) yield fileOf(corrections, delivery, true);
}

/** What a pull of each of the tax bureau's feeds from the first page to the last should count; of one stage, or of all. */
export function expectedPulls(city: City, wanted?: Stage): ManifestPull[] {
  const plans = pullPlans.filter(({ stage }) => wanted === undefined || stage === wanted);
  return plans.map((plan) => {
    const rows = pulledRows(city, plan.feed);
    const { feed, stage } = plan;
    return {
      feed,
      source: sourceOf(feed).code,
      stage,
      rows: rows.length,
      expected: countRows(rows),
      flaws: countFlaws(rows),
    };
  });
}

/** The journal of one of the tax bureau's feeds, in its order. */
export function pulledRows(city: City, feed: string): Row[] {
  const plan = pullPlans.find((one) => one.feed === feed);
  if (plan === undefined) throw new RangeError(`the tax bureau does not serve ${feed}`);
  return Array.from(departmentDeliveries(city, plan)).flatMap((delivery) => delivery.rows);
}

/** Writes all files, the accounts' mapping and `manifest.json` into `folder` (made if absent); gives the manifest. */
export async function writeFeedFiles(city: City, folder: string): Promise<Manifest> {
  const files: ManifestFile[] = [];
  await mkdir(folder, { recursive: true });
  for (const { entry, content } of feedFiles(city)) {
    // One after the other: a large city must not be in memory as a whole.
    await writeFile(join(folder, entry.file), content);
    files.push(entry);
  }
  const accounts = accountsOf(city);
  const mapping = accounts.map(({ account, kind, uscc }) => `${account},${kind},${uscc}\n`).join('');
  await writeFile(join(folder, 'utility-accounts.csv'), `户号,类别,统一社会信用代码\n${mapping}`);
  const manifest: Manifest = {
    seed: city.seed,
    today: city.calendar.today,
    enterprises: city.enterprises.length,
    months: city.calendar.months.length,
    files,
    pulls: expectedPulls(city),
    accounts: { file: 'utility-accounts.csv', rows: accounts.length },
  };
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
  return manifest;
}

function fileOf(plan: Pick<FeedPlan, 'feed' | 'stage' | 'style'>, delivery: Delivery, afterPull: boolean): FeedFile {
  const { feed, stage, style } = plan;
  const { rows, part, asOf } = delivery;
  const content = encodeFile(rows, columnsOf(feed), style);
  const entry: ManifestFile = {
    feed,
    source: sourceOf(feed).code,
    file: `${feed}-${part}.${style.form}`,
    form: style.form,
    charset: style.charset,
    bom: style.bom,
    contentType: contentTypeOf(style),
    reference: `DEMO-${feed}-${part}`,
    rows: rows.length,
    bytes: content.length,
    asOf,
    stage,
    afterPull,
    expected: countRows(rows),
    mappedByAccount: rows.filter((row) => row.outcome === 'accepted' && row.typed?.[leading.uscc] === '').length,
    flaws: countFlaws(rows),
  };
  return { entry, content };
}
