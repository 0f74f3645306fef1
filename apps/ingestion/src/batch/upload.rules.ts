import type { FileForm } from '../contract/contract.rules.js';

const forms: Record<string, FileForm> = { 'text/csv': 'CSV', 'application/x-ndjson': 'NDJSON' };

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
