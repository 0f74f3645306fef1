import { join } from 'node:path';

import { dataDir, flagSetting, integerSetting, textSetting } from '@app/config';

/** Folder with one contract per feed. */
export const contractsDir = (): string => textSetting('CONTRACTS_DIR', 'infra/contracts');

/** Folder with one file per source that is asked instead of sending. */
export const connectorsDir = (): string => textSetting('CONNECTORS_DIR', 'infra/connectors');

/** Deliveries as they came; several copies of the service need one folder for all. */
export const batchesDir = (): string => join(dataDir(), 'batches');

/** `drop/<feed>/` is watched. */
export const dropDir = (): string => join(dataDir(), 'drop');

/** 2 GB is a year of the largest feed we know of; more comes in several files. */
export const batchBytesMax = (): number =>
  integerSetting('BATCH_BYTES_MAX', 2_000_000_000, { min: 1_000, max: 100_000_000_000 });

/** 5 000 rows keep one transaction under 3 s, so that it does not hold back the relay of everybody. */
export const partRowsMax = (): number => integerSetting('PART_ROWS_MAX', 5_000, { min: 1, max: 5_000 });

/** Feeds worked on at once by this process; each takes one connection and a good part of a core. */
export const lanesMax = (): number => integerSetting('INGESTION_LANES', 2, { min: 1, max: 16 });

/** Finished deliveries are kept so long, to be looked at when somebody disputes what was sent. */
export const keepFilesDays = (): number => integerSetting('KEEP_FILES_DAYS', 30, { min: 0, max: 3_650 });

/** false: this process takes deliveries and answers questions, another one does the work. */
export const worksOnBatches = (): boolean => flagSetting('INGESTION_WORKER', true);

/** What one archive may unpack to: a 5 GB table with room to spare. */
export const unpackedBytesMax = (): number =>
  integerSetting('UNPACKED_BYTES_MAX', 8_000_000_000, { min: 1_000, max: 1_000_000_000_000 });

/** Files that come in pieces, until they are whole. */
export const uploadsDir = (): string => join(dataDir(), 'uploads');

/** Largest file that may come in pieces. */
export const uploadBytesMax = (): number =>
  integerSetting('UPLOAD_BYTES_MAX', 20_000_000_000, { min: 1_000, max: 1_000_000_000_000 });

/** Unfinished files of one organisation at once; with the size above it bounds the disk that it can fill. */
export const uploadsOpenMax = (): number => integerSetting('UPLOADS_OPEN_MAX', 10, { min: 1, max: 1_000 });

/** An unfinished file to which nothing came for so long is given up. */
export const uploadHours = (): number => integerSetting('UPLOAD_HOURS', 24, { min: 1, max: 720 });
