#!/usr/bin/env node
// Checks a draw with nothing but Node: no code of the platform, no network. Meant for banks, who run it with what they hold
// themselves (docs/adr/0010).
//
//   node verify-draw.mjs draw.json [receipt.json ...]
//
// draw.json: the answer of GET /api/marketplace/draws/{needId}. Each receipt: the bank's own 202 answer to its entry, to
// which it may add `idempotencyKey`, the key that it sent. Ends with 0 when everything adds up, with 1 when something does not.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const hash = (...parts) =>
  createHash('sha256')
    .update(['xinqiao draw 1', ...parts].join('\n'))
    .digest('hex');

/** What does not add up in a draw, for anybody. */
function faultsOf({ needId, commitment, secret, seed, entries }) {
  const faults = [];
  if (hash('commitment', needId, secret) !== commitment) faults.push('the secret is not the one that was committed to');
  const shares = entries.map(({ id, nonceHash }) => `${id} ${nonceHash}`).sort();
  if (hash('seed', needId, secret, ...shares) !== seed) faults.push('the seed does not follow from secret and entries');
  const tickets = entries.map(({ id }) => hash('ticket', seed, id));
  if (tickets.some((ticket, place) => place > 0 && ticket < tickets[place - 1]))
    faults.push('the order does not follow from the seed');
  if (new Set(entries.map(({ id }) => id)).size < entries.length) faults.push('an entry is drawn twice');
  return faults;
}

/** What does not fit to an entry that its bank has the receipt of. */
function faultsOfReceipt(draw, { id, needId, commitment, nonceHash, idempotencyKey }) {
  const faults = [];
  const entry = draw.entries.find((one) => one.id === id);
  if (needId !== draw.needId) faults.push(`receipt ${id} is of another need`);
  if (commitment !== draw.commitment)
    faults.push(`receipt ${id}: another secret was committed to when the bank entered`);
  if (!entry) faults.push(`receipt ${id}: the entry is not in the draw`);
  if (entry && entry.nonceHash !== nonceHash) faults.push(`receipt ${id}: the bank's share was changed`);
  if (idempotencyKey !== undefined && hash('nonce', idempotencyKey) !== nonceHash)
    faults.push(`receipt ${id}: the share does not follow from the bank's key`);
  return faults;
}

const [draw, ...receipts] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
if (!draw) {
  console.error('usage: node verify-draw.mjs draw.json [receipt.json ...]');
  process.exit(2);
}
const faults = [...faultsOf(draw), ...receipts.flatMap((receipt) => faultsOfReceipt(draw, receipt))];
for (const fault of faults) console.log(`fault: ${fault}`);
console.log(`${draw.entries.length} entries, ${receipts.length} receipts, faults: ${faults.length}`);
process.exit(faults.length === 0 ? 0 : 1);
