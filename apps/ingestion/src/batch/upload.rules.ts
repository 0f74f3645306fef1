import type { FileForm } from '../contract/contract.rules.js';

const forms: Record<string, FileForm> = {
  'text/csv': 'CSV',
  'application/x-ndjson': 'NDJSON',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
  'application/xml': 'XML',
  'text/xml': 'XML',
  'application/zip': 'ZIP',
  // Lines of fixed width, where the contract of the feed has a layout for them.
  'text/plain': 'FIXED',
};

/** Media types of deliveries. */
export const mediaTypes = Object.keys(forms);

/** Form and charset name (null when none is given) of a Content-Type; undefined when it is no delivery. */
export function formOf(contentType: string | undefined): { form: FileForm; charset: string | null } | undefined {
  const [media = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim());
  const form = forms[media.toLowerCase()];
  if (!form) return undefined;
  const charset = parameters.map((part) => /^charset="?([^"]+)"?$/i.exec(part)?.[1]).find((name) => name !== undefined);
  return { form, charset: charset ?? null };
}

/** A reference is 1 to 200 printable ASCII characters; undefined otherwise. */
export function referenceOf(header: string | string[] | undefined): string | undefined {
  const text = typeof header === 'string' ? header.trim() : '';
  return /^[\x20-\x7e]{1,200}$/.test(text) ? text : undefined;
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const ownReferences = new RegExp(
  `^(replay-${uuid}-${uuid}|resolve-${uuid}-\\d+|workbench-${uuid}|topic-.+-\\d+-\\d+|drop-.+-[0-9a-f]{32})$`,
);

/**
 * Whether a reference is one that the service gives to deliveries of its own. Whoever took it beforehand would stand in the
 * way of a visit, a replay or a decision, or be taken for it.
 */
export const isOwnReference = (feed: string, reference: string): boolean =>
  ownReferences.test(reference) || ['pull', 'table', 'account'].some((way) => reference.startsWith(`${way}-${feed}-`));

/** How a body is packed for the wire; undefined when in a way that nobody here undoes. */
export function encodingOf(header: string | undefined): 'gzip' | 'identity' | undefined {
  const name = (header ?? 'identity').trim().toLowerCase();
  if (name === 'gzip' || name === 'x-gzip') return 'gzip';
  return name === 'identity' || name === '' ? 'identity' : undefined;
}
