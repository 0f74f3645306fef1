import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

const produceKey = 0;

export interface CuttingProxy {
  port: number;
  /** Produce requests that were answered by the broker, and the answers that the client never saw. */
  counts: { answered: number; cut: number };
  close(): Promise<void>;
}

/** Frames of Kafka's protocol: four bytes of length, then as much. */
function framesOf(onFrame: (frame: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE(0)) {
      const end = 4 + rest.readInt32BE(0);
      onFrame(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}

/**
 * Stands between a client and a broker, and hangs up between the append and the answer: the broker has written, the
 * client does not know. `cuts` says for the how-manieth answer.
 */
export async function cuttingProxy(brokerPort: number, cuts: (answer: number) => boolean): Promise<CuttingProxy> {
  const counts = { answered: 0, cut: 0 };
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const broker = connect(brokerPort, '127.0.0.1');
    const produces = new Set<number>();
    const end = (): void => {
      client.destroy();
      broker.destroy();
    };
    for (const socket of [client, broker]) {
      open.add(socket);
      socket.on('error', end).on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on(
      'data',
      framesOf((frame) => {
        if (frame.readInt16BE(4) === produceKey) produces.add(frame.readInt32BE(8));
        broker.write(frame);
      }),
    );
    broker.on(
      'data',
      framesOf((frame) => {
        if (produces.delete(frame.readInt32BE(4)) && cuts((counts.answered += 1))) {
          counts.cut += 1;
          end();
          return;
        }
        client.write(frame);
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    counts,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
