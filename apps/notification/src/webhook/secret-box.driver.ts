import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

import { openSecretKey } from '@app/evidence';
import { Injectable } from '@nestjs/common';

const algorithm = 'aes-256-gcm';
const [ivBytes, tagBytes, secretBytes] = [12, 16, 32];
const prefix = 'whsec_';

/** Seals webhooks' secrets with a key that lies outside the database, and signs with them (Standard Webhooks 1.0). */
@Injectable()
export class SecretBox {
  private key: Promise<Buffer> | undefined;

  /** A new secret as its owner sees it, once. */
  newSecret(): string {
    return prefix + randomBytes(secretBytes).toString('base64');
  }

  /** Bound to its endpoint: a row copied to another endpoint does not open. */
  async seal(secret: string, endpointId: string): Promise<Buffer> {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, await this.readKey(), iv).setAAD(Buffer.from(endpointId));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  async open(sealed: Buffer, endpointId: string): Promise<string> {
    const decipher = createDecipheriv(algorithm, await this.readKey(), sealed.subarray(0, ivBytes));
    decipher.setAAD(Buffer.from(endpointId)).setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
  }

  /** `v1,<base64>`: HMAC-SHA256 over id, time and body, so that neither can be changed or sent again later. */
  sign(secret: string, id: string, timestamp: number, body: string): string {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  }

  private readKey(): Promise<Buffer> {
    this.key ??= openSecretKey('notification-webhook').catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    return this.key;
  }
}
