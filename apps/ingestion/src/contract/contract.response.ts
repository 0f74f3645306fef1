import type { ContractChange } from './compare.rules.js';
import type { CatalogueSource } from './contract-folder.driver.js';
import type { Basis, Column, Contract } from './contract.rules.js';

/** One column of a feed, as its files must have it. */
export class ContractColumnResponse {
  header: string;
  name: string;
  type: string;
  required: boolean;
  /** Files without this column are valid all the same. */
  mayBeAbsent: boolean;
  /** Of amounts in the file: yuan or wan (10 000 yuan). */
  unit: string | null;
  /** What is counted, where it is not money. */
  measure: string | null;
  /** The values that may stand there; those of dated lists all together. */
  codes: string[];
  subject: 'ENTERPRISE' | 'DUTY' | 'PERSON';
}

/** What a source promises to deliver, and what may be done with it. */
export class ContractResponse {
  feed: string;
  version: string;
  effectiveFrom: string;
  title: string;
  sources: string[];
  sourceName: string;
  basis: Basis;
  allowedUse: string;
  freshnessDays: number;
  /** Record type of the visibility matrix. */
  recordType: string | null;
  retentionYears: number | null;
  /** What happens when they are over. */
  afterRetention: 'DELETE' | 'ARCHIVE' | null;
  /** The fields that name an account, which rows without a code are mapped by; empty where they must carry one. */
  accountBy: string[];
  columns: ContractColumnResponse[];
  /** The contract word for word, as its file has it. */
  text: Record<string, unknown>;
}

export class ContractPage {
  items: ContractResponse[];
  nextCursor: string | null;
}

export class ContractChangeResponse {
  kind: 'ADDITIVE' | 'BREAKING' | 'NEUTRAL';
  path: string;
  zh: string;
  en: string;
}

/** One state that a contract was in. */
export class ContractVersionResponse {
  version: string;
  /** Counts the additive changes within a version. */
  revision: number;
  effectiveFrom: string;
  registeredAt: string;
  /** Deliveries that were read under it. */
  batches: number;
  /** What changed since the state before; empty for the first. */
  changes: ContractChangeResponse[];
  text: Record<string, unknown>;
}

export class ContractVersionList {
  items: ContractVersionResponse[];
  nextCursor: string | null;
}

/** What is collected from a source, on which ground, for which use. */
export class CollectedResponse {
  feed: string;
  title: string;
  basis: Basis;
  allowedUse: string;
}

export class SourceResponse {
  code: string;
  name: string;
  kind: string;
  feeds: CollectedResponse[];
}

export class SourceList {
  items: SourceResponse[];
  nextCursor: string | null;
}

export class ReloadResponse {
  /** False when no file had changed. */
  reloaded: boolean;
  feeds: number;
}

const toColumnResponse = (column: Column): ContractColumnResponse => ({
  header: column.header,
  name: column.name,
  type: column.type,
  required: column.required === true,
  mayBeAbsent: column.mayBeAbsent === true,
  unit: column.unit ?? null,
  measure: column.measure ?? null,
  codes: column.codes ?? [...new Set((column.codeLists ?? []).flatMap(({ codes }) => codes))],
  subject: column.subject ?? 'ENTERPRISE',
});

export const toContractResponse = (contract: Contract): ContractResponse => ({
  feed: contract.feed,
  version: contract.version,
  effectiveFrom: contract.effectiveFrom,
  title: contract.title,
  sources: contract.sources,
  sourceName: contract.sourceName,
  basis: contract.basis,
  allowedUse: contract.allowedUse,
  freshnessDays: contract.freshnessDays,
  recordType: contract.publicity?.recordType ?? null,
  retentionYears: contract.retention?.years ?? null,
  afterRetention: contract.retention?.after ?? null,
  accountBy: contract.accountBy ?? [],
  columns: contract.columns.map(toColumnResponse),
  text: { ...contract },
});

export interface VersionRow {
  version: string;
  revision: number;
  effective_from: string;
  registered_at: Date;
  batches: string;
  contract: Contract;
}

export const toVersionResponse = (row: VersionRow, changes: ContractChange[]): ContractVersionResponse => ({
  version: row.version,
  revision: row.revision,
  effectiveFrom: row.effective_from,
  registeredAt: row.registered_at.toISOString(),
  batches: Number(row.batches),
  changes: changes.map(({ kind, path, zh, en }) => ({ kind, path, zh, en })),
  text: { ...row.contract },
});

export const toSourceResponse = ({ code, name, kind }: CatalogueSource, contracts: Contract[]): SourceResponse => ({
  code,
  name,
  kind,
  feeds: contracts
    .filter(({ sources }) => sources.includes(code))
    .map(({ feed, title, basis, allowedUse }) => ({ feed, title, basis, allowedUse })),
});
