import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { SettingError } from '@app/config';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

import { type Contract, contradictionsOf } from './contract.rules.js';
import { deniedColumnsOf, type DeniedList } from './denied.rules.js';

/** A department, utility or body that supplies feeds. */
export interface CatalogueSource {
  code: string;
  name: string;
  kind: string;
}

/** Everything that the folder of contracts says. */
export interface ContractFolder {
  schema: object;
  sources: CatalogueSource[];
  /** The versions of each feed, oldest first. */
  contracts: ReadonlyMap<string, Contract[]>;
}

/** Reads and checks the folder as a whole. @throws SettingError that names the file and the fault */
export function readContractFolder(folder: string): ContractFolder {
  const ajv = new Ajv2020({ allErrors: true });
  addFormats.default(ajv);
  const schema = JSON.parse(readFileSync(join(folder, 'contract.schema.json'), 'utf8')) as object;
  const isContract = ajv.compile<Contract>(schema);
  const denied = readYaml(join(folder, 'catalogue', 'denied-columns.yaml')) as DeniedList;
  const { sources } = readYaml(join(folder, 'catalogue', 'sources.yaml')) as {
    sources: CatalogueSource[];
  };
  const known = new Set(sources.map(({ code }) => code));
  const contracts = new Map<string, Contract[]>();
  for (const file of contractFiles(folder)) {
    const contract = readYaml(join(folder, file));
    expectContract(file, contract, isContract);
    const faults = [...contradictionsOf(contract), ...deniedColumnsOf(contract, denied), ...misnamed(file, contract)];
    const strangers = contract.sources.filter((code) => !known.has(code));
    if (strangers.length > 0) faults.push(`catalogue/sources.yaml does not know ${strangers.join(', ')}`);
    if (faults.length > 0) throw new SettingError(`${file} contradicts itself: ${faults.join('; ')}`);
    contracts.set(contract.feed, [...(contracts.get(contract.feed) ?? []), contract]);
  }
  for (const versions of contracts.values()) versions.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  return { schema, sources, contracts };
}

/** Changes whenever a file of the folder does. */
export function folderMark(folder: string): string {
  const files = [...contractFiles(folder), 'catalogue/sources.yaml', 'catalogue/denied-columns.yaml'];
  return files
    .map((file) => {
      const { mtimeMs, size } = statSync(join(folder, file));
      return `${file} ${mtimeMs} ${size}`;
    })
    .join('\n');
}

const contractFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted();

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new SettingError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function expectContract(
  file: string,
  contract: unknown,
  isContract: ValidateFunction<Contract>,
): asserts contract is Contract {
  if (isContract(contract)) return;
  const faults = (isContract.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  throw new SettingError(`${file} is no contract: ${faults.join('; ')}`);
}

/** `feed.yaml`, or `feed@version.yaml` for a version beside it. */
const misnamed = (file: string, { feed, version }: Contract): string[] =>
  file === `${feed}.yaml` || file === `${feed}@${version}.yaml` ? [] : [`the file is not named after its feed ${feed}`];
