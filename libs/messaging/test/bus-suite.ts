import type { DataSource, EntityManager } from 'typeorm';

import type { EventBus, Message, Subscription } from '../src/index.js';
import { anEnvelope, counted, freshGround, type Ground, until } from './ground.js';

/** What every driver of the event bus must do; a new driver calls it with its own way to open a bus. */
export function busSuite(makeBus: () => Promise<EventBus>): void {
  let ground: Ground;
  let database: DataSource;
  let bus: EventBus;
  const open: EventBus[] = [];
  const anotherBus = async (): Promise<EventBus> => {
    const made = await makeBus();
    open.push(made);
    return made;
  };

  beforeAll(async () => {
    ground = await freshGround();
    database = await ground.open();
  });
  beforeEach(async () => {
    bus = await anotherBus();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });
  afterAll(() => ground.drop());

  const numbersOf = (messages: Message[]): number[] =>
    messages.map(({ event }) => (event as { data: { number: number } }).data.number);

  const listen = (
    group: string,
    hear: (messages: Message[], tx: EntityManager) => Promise<void>,
    over: EventBus = bus,
    more: Partial<Subscription> = {},
  ) =>
    over.subscribe({
      group,
      topics: [counted.topic],
      database,
      concurrency: 2,
      work: (partition) =>
        partition.take(10, hear).then(
          () => 0,
          () => 20,
        ),
      ...more,
    });

  it('gives every group everything, in order per key, from before and after it came', async () => {
    const keys = ['a', 'b', 'c'];
    const told = (from: number) =>
      keys.flatMap((key) => Array.from({ length: 50 }, (_, at) => anEnvelope({ key, number: from + at })));
    await bus.publish(told(1));
    const groups = ['ordered.one', 'ordered.two'].map((group) => ({ group, got: new Map<string, number[]>() }));
    for (const { group, got } of groups)
      await listen(group, async (messages) => {
        for (const { event } of messages) {
          const { key, data } = event as { key: string; data: { number: number } };
          got.set(key, [...(got.get(key) ?? []), data.number]);
        }
      });
    await bus.publish(told(51));
    const all = Array.from({ length: 100 }, (_, at) => at + 1);
    await until(() => groups.every(({ got }) => keys.every((key) => got.get(key)?.length === 100)));
    for (const { got } of groups) for (const key of keys) expect(got.get(key)).toEqual(all);
  });

  it('gives an event again after a throw, and moves on only with the work', async () => {
    const got: number[] = [];
    let throwing = 3;
    const listening = await listen('again', async (messages) => {
      if (throwing-- > 0) throw new Error('not now');
      got.push(...numbersOf(messages));
    });
    await bus.publish([anEnvelope({ key: 'again', number: 7_000 })]);
    await until(() => listening.settled());
    expect(got.filter((number) => number === 7_000)).toEqual([7_000]);
  });

  it('lets a group that comes back go on where it was', async () => {
    const got: number[] = [];
    const first = await listen('back', async (messages) => void got.push(...numbersOf(messages)));
    await bus.publish([anEnvelope({ key: 'back', number: 8_000 })]);
    await until(() => first.settled());
    await first.close();
    const before = got.length;
    await bus.publish([anEnvelope({ key: 'back', number: 8_001 })]);
    const second = await listen('back', async (messages) => void got.push(...numbersOf(messages)));
    await until(() => second.settled());
    expect(got.slice(before)).toEqual([8_001]);
  });

  it('shares the lanes among the copies of a group, one copy per lane at a time', async () => {
    const got: number[] = [];
    const busy = new Set<string>();
    let clashes = 0;
    const hear = async (messages: Message[]): Promise<void> => {
      const lanes = new Set(messages.map(({ event }) => (event as { key: string }).key));
      for (const lane of lanes) clashes += busy.has(lane) ? 1 : 0;
      for (const lane of lanes) busy.add(lane);
      await database.query('select pg_sleep(0.002)');
      got.push(...numbersOf(messages).filter((number) => number >= 9_000));
      for (const lane of lanes) busy.delete(lane);
    };
    const copies = [await listen('shared', hear), await listen('shared', hear, await anotherBus())];
    const keys = Array.from({ length: 20 }, (_, at) => `shared-${at}`);
    await Promise.all(
      keys.map(async (key, at) => {
        for (let n = 0; n < 20; n++) await bus.publish([anEnvelope({ key, number: 9_000 + at * 100 + n })]);
      }),
    );
    await until(async () => (await copies[0]!.settled()) && copies[1]!.settled());
    expect(clashes).toBe(0);
    expect(got).toHaveLength(400);
    expect(new Set(got).size).toBe(400);
  });

  it('changes its mark with every publication', async () => {
    const before = await bus.tail();
    await bus.publish([anEnvelope({ key: 'mark', number: 1 })]);
    expect(await bus.tail()).not.toBe(before);
  });

  it('ends the work in flight before it closes', async () => {
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
  });
}
