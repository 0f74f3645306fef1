import { createHmac } from 'node:crypto';

import { openSecretKey } from '@app/evidence';
import { Injectable } from '@nestjs/common';

/** Marks texts under a key that lies outside the database (`marketplace-safety.key`): equal texts have equal marks. */
@Injectable()
export class Marker {
  private key: Promise<Buffer> | undefined;

  async mark(text: string): Promise<Buffer> {
    return createHmac('sha256', await this.readKey())
      .update(text)
      .digest();
  }

  private readKey(): Promise<Buffer> {
    this.key ??= openSecretKey('marketplace-safety').catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    return this.key;
  }
}
