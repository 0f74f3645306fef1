import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';

import type { Ingestion } from './ingest.js';

/**
 * Sends a packed body over the network, which the test's own client does not do.
 * @returns the answer's status
 * @throws what broke the connection before there was one
 */
export async function sendPacked(city: Ingestion, packed: Readable, reference: string): Promise<number | undefined> {
  if (!city.app.getHttpServer().listening) await city.app.listen(0, '127.0.0.1');
  const { port } = city.app.getHttpServer().address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sending = request({
      port,
      method: 'POST',
      path: '/api/ingestion/feeds/tech.staff/batches',
      headers: {
        authorization: `Bearer ${city.operator.person!.token}`,
        'content-type': 'text/csv',
        'content-encoding': 'gzip',
        'batch-reference': reference,
      },
    });
    sending.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sending.on('error', reject);
    packed.pipe(sending);
  });
}
