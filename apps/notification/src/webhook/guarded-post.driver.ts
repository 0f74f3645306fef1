import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { type LookupFunction } from 'node:net';

import { Injectable } from '@nestjs/common';

import { AddressGuard, AddressRefused } from './address-guard.driver.js';

/** Receivers answer at once and work later. */
const timeoutMs = 10_000;
/** Of an answer only the status counts; a receiver that sends more than this is cut off. */
const answerBytesMax = 65_536;

/** POSTs to an address that somebody outside has chosen: checked, without redirects, proxies or kept connections. */
@Injectable()
export class GuardedPost {
  constructor(private readonly guard: AddressGuard) {}

  /** The status of the answer. @throws AddressRefused, or whatever went wrong on the line */
  async post(to: string, headers: Record<string, string>, body: string): Promise<number> {
    const url = new URL(to);
    const fault = this.guard.faultOf(url);
    if (fault) throw new AddressRefused(`the address ${fault}`);
    // A literal address is connected to without being looked up, and was checked above; a name comes to `lookup`.
    return this.send(url, headers, body);
  }

  private send(url: URL, headers: Record<string, string>, body: string): Promise<number> {
    const request = url.protocol === 'https:' ? secureRequest : plainRequest;
    return new Promise((done, fail) => {
      const sending = request(
        url,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
          agent: false,
          lookup: this.lookup,
          signal: AbortSignal.timeout(timeoutMs),
        },
        (answer) => {
          let bytes = 0;
          answer.on('data', (part: Buffer) => {
            bytes += part.length;
            if (bytes > answerBytesMax) answer.destroy();
          });
          answer.on('error', fail);
          answer.on('close', () => done(answer.statusCode ?? 0));
        },
      );
      sending.on('error', fail);
      sending.end(body);
    });
  }

  /** What the socket itself asks when it connects: the check and the connection see the same answer. */
  private readonly lookup: LookupFunction = (hostname, options, answered) => {
    this.guard.resolve(hostname).then(
      (addresses) => {
        if (options.all) return answered(null, addresses);
        const [first] = addresses;
        return answered(null, first!.address, first!.family);
      },
      (error: Error) => answered(error, ''),
    );
  };
}
