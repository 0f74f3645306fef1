import { registry } from '@app/observe';
import type { DataSource, EntityManager } from 'typeorm';

import type { EventBus, Listening, Message } from '../src/index.js';
import { anEnvelope, counted, freshGround, type Ground, until } from './ground.js';

type Hear = (messages: Message[], tx: EntityManager) => Promise<void>;

/** What a case has to hand: a database, a bus, and more of them. */
interface Bench {
  database: DataSource;
  bus: EventBus;
  anotherBus: () => Promise<EventBus>;
  listen: (group: string, hear: Hear, over?: EventBus) => Promise<Listening>;
}

const numbersOf = (messages: Message[]): number[] =>
  messages.map(({ event }) => (event as { data: { number: number } }).data.number);
/** What the house is told of how far a group is behind. */
async function lagOf(group: string): Promise<number> {
  const [, lag] =
    new RegExp(`^messaging_lag\\{handler="${group}"\\} (\\d+)$`, 'm').exec(await registry.metrics()) ?? [];
  return Number(lag);
}
const keyOf = ({ event }: Message): string => (event as { key: string }).key;

const cases: Record<string, (bench: Bench) => Promise<void>> = {
  async 'gives every group everything, in order per key, from before and after it came'({ bus, listen }) {
    const keys = ['a', 'b', 'c'];
    const told = (from: number) =>
      keys.flatMap((key) => Array.from({ length: 50 }, (_, at) => anEnvelope({ key, number: from + at })));
    await bus.publish(told(1));
    const groups = ['ordered.one', 'ordered.two'].map((group) => ({ group, got: new Map<string, number[]>() }));
    for (const { group, got } of groups)
      await listen(group, async (messages) => {
        for (const message of messages)
          got.set(keyOf(message), [...(got.get(keyOf(message)) ?? []), ...numbersOf([message])]);
      });
    await bus.publish(told(51));
    const all = Array.from({ length: 100 }, (_, at) => at + 1);
    await until(() => groups.every(({ got }) => keys.every((key) => got.get(key)?.length === 100)));
    for (const { got } of groups) for (const key of keys) expect(got.get(key)).toEqual(all);
  },

  async 'gives an event again after a throw, and moves on only with the work'({ bus, listen }) {
    const got: number[] = [];
    let throws = 0;
    const listening = await listen('again', async (messages) => {
      if (numbersOf(messages).includes(7_000) && throws++ < 3) throw new Error('not now');
      got.push(...numbersOf(messages));
    });
    await bus.publish([anEnvelope({ key: 'again', number: 7_000 })]);
    await until(() => listening.settled());
    expect(throws).toBe(4);
    expect(got.filter((number) => number === 7_000)).toEqual([7_000]);
  },

  async 'lets a group that comes back go on where it was'({ bus, listen }) {
    const got: number[] = [];
    const hear = async (messages: Message[]): Promise<void> => void got.push(...numbersOf(messages));
    const first = await listen('back', hear);
    await bus.publish([anEnvelope({ key: 'back', number: 8_000 })]);
    await until(() => first.settled());
    await first.close();
    const before = got.length;
    await bus.publish([anEnvelope({ key: 'back', number: 8_001 })]);
    const second = await listen('back', hear);
    await until(() => second.settled());
    expect(got.slice(before)).toEqual([8_001]);
  },

  async 'shares the lanes among the copies of a group, one copy per key at a time'(bench) {
    const got: number[] = [];
    const busy = new Set<string>();
    const workers = new Set<string>();
    let clashes = 0;
    const hearAs = (copy: string) => async (messages: Message[]) => {
      const news = messages.filter((message) => keyOf(message).startsWith('shared'));
      const keys = new Set(news.map(keyOf));
      for (const key of keys) clashes += busy.has(key) ? 1 : 0;
      for (const key of keys) busy.add(key);
      await bench.database.query('select pg_sleep(0.005)');
      for (const key of keys) busy.delete(key);
      got.push(...numbersOf(news));
      if (news.length > 0) workers.add(copy);
    };
    const other = await bench.anotherBus();
    const copies = [await bench.listen('shared', hearAs('one')), await bench.listen('shared', hearAs('two'), other)];
    const keys = Array.from({ length: 20 }, (_, at) => `shared-${at}`);
    const tell = async (key: string, at: number): Promise<void> => {
      for (let n = 0; n < 20; n++) await bench.bus.publish([anEnvelope({ key, number: at * 100 + n })]);
    };
    await Promise.all(keys.map(tell));
    await until(async () => (await copies[0]!.settled()) && copies[1]!.settled());
    expect({ clashes, events: got.length, distinct: new Set(got).size }).toEqual({
      clashes: 0,
      events: 400,
      distinct: 400,
    });
    expect([...workers].toSorted()).toEqual(['one', 'two']);
  },

  async 'says how far behind a group is, and not only with what it has in hand'({ bus, listen }) {
    const free = Promise.withResolvers<void>();
    const listening = await listen('behind', () => free.promise);
    // More than any driver fetches ahead.
    for (let from = 0; from < 3_000; from += 500)
      await bus.publish(Array.from({ length: 500 }, (_, at) => anEnvelope({ key: 'behind', number: from + at })));
    await until(async () => (await lagOf('behind')) >= 2_990);
    free.resolve();
    await until(() => listening.settled(), 40_000);
    expect(await lagOf('behind')).toBe(0);
  },

  async 'changes its mark with every publication'({ bus }) {
    const before = await bus.tail();
    await bus.publish([anEnvelope({ key: 'mark', number: 1 })]);
    expect(await bus.tail()).not.toBe(before);
  },

  async 'ends the work in flight before it closes'({ bus, listen }) {
    let finished = false;
    let begun = false;
    await bus.publish([anEnvelope({ key: 'closing', number: 1 })]);
    const listening = await listen('closing', async (_, tx) => {
      begun = true;
      await tx.query('select pg_sleep(0.1)');
      finished = true;
    });
    await until(() => begun);
    await listening.close();
    expect(finished).toBe(true);
  },
};

/** What every driver of the event bus must do; a new driver calls it with its own way to open a bus. */
export function busSuite(makeBus: () => Promise<EventBus>): void {
  let ground: Ground;
  let database: DataSource;
  const open: EventBus[] = [];

  const anotherBus = async (): Promise<EventBus> => {
    const made = await makeBus();
    open.push(made);
    return made;
  };
  const makeBench = async (): Promise<Bench> => {
    const bus = await anotherBus();
    const listen = (group: string, hear: Hear, over: EventBus = bus): Promise<Listening> =>
      over.subscribe({
        group,
        topics: [counted.topic],
        database,
        concurrency: 2,
        work: async (partition) => {
          const failed = await partition.take(10, hear).catch((error: Error) => error);
          return failed ? 20 : 0;
        },
      });
    return { database, bus, anotherBus, listen };
  };

  beforeAll(async () => {
    ground = await freshGround();
    database = await ground.open();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });
  afterAll(() => ground.drop());

  it.each(Object.entries(cases))('%s', async (_, run) => run(await makeBench()));
}
