import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startKafka } from '../../infra/local/kafka.mjs';
import postgresSetup from './global-setup.js';

/** PostgreSQL as for other tests, and a real Kafka; specs have topics of their own by KAFKA_PREFIX. */
export default async function clusterSetup() {
  await postgresSetup();
  if (globalThis.testKafka) return;
  const home = mkdtempSync(join(tmpdir(), 'xinqiao-kafka-'));
  const kafka = await startKafka({ dataDir: home, say: (line) => console.log(line) });
  process.env.TEST_KAFKA_BROKERS = kafka.brokers;
  globalThis.testKafka = { kafka, home };
}
