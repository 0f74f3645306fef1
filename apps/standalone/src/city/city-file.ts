import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { dataDir, demoEnterprises } from '@app/config';
import { type City, generateCity, type MarketPlan, planMarket } from '@app/demo-city';
import { type Day, dayOf } from '@app/kernel';

/** How far the making of the city has come; a start goes on where the one before stopped. */
export type Step = 'FIRST' | 'MARKET' | 'LATER';

interface CityState {
  seed: string;
  /** When the city was made: it stays the same city when it is started again next week. */
  madeAt: string;
  enterprises: number;
  months: number;
  done: Step[];
}

/** The city of this data folder: the same one at every start. */
export class CityFile {
  private readonly path = join(dataDir(), 'city.json');
  private readonly state: CityState;
  private drawn: City | undefined;
  private planned: MarketPlan | undefined;

  constructor(now: Date) {
    mkdirSync(dataDir(), { recursive: true });
    this.state = existsSync(this.path)
      ? JSON.parse(readFileSync(this.path, 'utf8'))
      : { seed: 'suzhou', madeAt: now.toISOString(), enterprises: demoEnterprises(), months: 24, done: [] };
    this.save();
  }

  get city(): City {
    const { enterprises, months, seed } = this.state;
    this.drawn ??= generateCity({ enterprises, months, seed, today: this.today });
    return this.drawn;
  }

  get market(): MarketPlan {
    this.planned ??= planMarket(this.city, { now: new Date(this.state.madeAt) });
    return this.planned;
  }

  get today(): Day {
    return dayOf(new Date(this.state.madeAt));
  }

  get journalPath(): string {
    return join(dataDir(), 'city-market.jsonl');
  }

  isDone(step: Step): boolean {
    return this.state.done.includes(step);
  }

  finish(step: Step): void {
    this.state.done = [...new Set([...this.state.done, step])];
    this.save();
  }

  /** Whole or not at all: a kill in the middle leaves the older file. */
  private save(): void {
    writeFileSync(`${this.path}.new`, JSON.stringify(this.state));
    renameSync(`${this.path}.new`, this.path);
  }
}
