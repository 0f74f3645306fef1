import type { Client } from 'pg';
import type { EntityManager } from 'typeorm';

/** Asks PostgreSQL on whichever connection the work is done: the batch's own, or a transaction of TypeORM. */
export interface Querying {
  rows<T>(sql: string, values?: unknown[]): Promise<T[]>;
}

export const onClient = (client: Client): Querying => ({
  rows: async <T>(sql: string, values: unknown[] = []) => (await client.query(sql, values)).rows as T[],
});

export const onManager = (manager: Pick<EntityManager, 'query'>): Querying => ({
  rows: <T>(sql: string, values: unknown[] = []): Promise<T[]> => manager.query(sql, values),
});
