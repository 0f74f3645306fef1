import { busDatabaseUrl, kafkaBrokers, kafkaPrefix } from '@app/config';
import { migrate } from '@app/database';

import type { EventBus } from './event-bus.js';
import { KafkaBus } from './kafka-bus.driver.js';
import { kafkaSettings } from './kafka-client.js';
import { CreateBus1790000000000 } from './migrations/1790000000000-create-bus.js';
import { AppendArrays1790000006600 } from './migrations/1790000006600-append-arrays.js';
import { AppendForServices1790000006610 } from './migrations/1790000006610-append-for-services.js';
import { PostgresBus } from './postgres-bus.driver.js';

/** All services of a process share one bus per address, so that standalone needs its connections once and not six times. */
const open = new Map<string, { bus: Promise<EventBus>; users: number }>();

export interface BorrowedBus {
  bus: EventBus;
  /** The last one who gives it back closes it. */
  giveBack(): Promise<void>;
}

/** Opens the bus that the settings name, or the one that this process has open already. */
export async function borrowBus(): Promise<BorrowedBus> {
  const overKafka = kafkaBrokers().length > 0;
  const url = overKafka ? `kafka ${kafkaBrokers().join()} ${kafkaPrefix()}` : busDatabaseUrl();
  const entry = open.get(url) ?? { bus: overKafka ? openKafkaBus() : openPostgres(url), users: 0 };
  open.set(url, entry);
  entry.users += 1;
  const giveBack = async (): Promise<void> => {
    entry.users -= 1;
    if (entry.users > 0) return;
    open.delete(url);
    await (await entry.bus).close();
  };
  try {
    return { bus: await entry.bus, giveBack };
  } catch (error) {
    // A bus that did not open is nobody's: the next one tries afresh.
    open.delete(url);
    throw error;
  }
}

async function openPostgres(url: string): Promise<EventBus> {
  await migrate({
    service: 'bus',
    entities: [],
    migrations: [CreateBus1790000000000, AppendArrays1790000006600, AppendForServices1790000006610],
  });
  return new PostgresBus(url);
}

const openKafkaBus = async (): Promise<EventBus> => new KafkaBus(kafkaSettings());
