export { type ChainCheck, checkChain, sealEntries } from './chain.js';
export { type Act, appendEntry } from './entry-log.js';
export { CreateEvidence1790000000300 } from './migrations/1790000000300-create-evidence.js';
export { hashOfFacts, type Receipt, type ReceiptCheck, type ReceiptFacts, verifyReceipt } from './receipt.js';
export { openSigner, publishedKeys, type PublishedKey, publishKey, ReceiptSigner } from './receipt-signer.js';
export { openSecretKey } from './secret-key.js';
