import {
  appendEntry,
  openSigner,
  publishedKeys,
  type PublishedKey,
  publishKey,
  type Receipt,
  type ReceiptCheck,
  type ReceiptSigner,
  verifyReceipt,
} from '@app/evidence';
import { Clock, must, type Uscc } from '@app/kernel';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

type CreditAct = 'AUTHORISATION_SIGNED' | 'AUTHORISATION_REVOKED' | 'CREDIT_QUERY';

/** Writes acts into the log of this service and signs for them. */
@Injectable()
export class ReceiptService implements OnModuleInit {
  private signer: ReceiptSigner | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    this.signer = await openSigner('credit');
    await publishKey(this.db, this.signer, this.clock.now());
  }

  /** In the transaction of the act: no act without its entry, no entry without its act. */
  write(
    tx: EntityManager,
    act: CreditAct,
    subject: Uscc,
    at: Date,
    content: Record<string, unknown>,
  ): Promise<Receipt> {
    const signer = must(this.signer, 'the key is opened before the first request');
    return appendEntry(tx, signer, { service: 'credit', act, subject, content, at });
  }

  keys(): Promise<PublishedKey[]> {
    return publishedKeys(this.db);
  }

  async check(receipt: Receipt): Promise<ReceiptCheck> {
    const keys = new Map((await this.keys()).map(({ kid, publicJwk }) => [kid, publicJwk]));
    return verifyReceipt(receipt, (kid) => keys.get(kid));
  }
}
