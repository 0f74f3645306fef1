import mysql from 'mysql2/promise';
import pg from 'pg';

export interface ForeignRow {
  id: number;
  code: string;
  at: string;
  staff: number;
  gone: boolean;
}

/** A department's own table, and a view of it for a role that can read that view and nothing else. */
export interface ForeignTable {
  readerUrl: string;
  put(row: ForeignRow): Promise<void>;
  close(): Promise<void>;
}

const values = ({ id, code, at, staff, gone }: ForeignRow) => [id, code, at, staff, gone];
const view = `
  create view staff_view as
  select id, code, changed_at, changed_at as day, 2025 as year, staff, 1 as rd, gone from staff_table`;

/** In a database of its own on the server of the tests. */
export async function openForeignPostgres(serverUrl: string): Promise<ForeignTable> {
  const url = new URL(serverUrl);
  const name = `foreign_${process.pid}_${Date.now()}`;
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`create database ${name}`);
  await server.query(`create role reader_${name} login password 'reader'`);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`set time zone 'Asia/Shanghai'`);
  await client.query(
    `create table staff_table (id bigint primary key, code text, changed_at timestamptz, staff numeric(12, 2), gone boolean)`,
  );
  await client.query(view);
  await client.query(`grant select on staff_view to reader_${name}`);
  return {
    readerUrl: `postgres://reader_${name}:reader@${url.host}/${name}`,
    put: async (row) => {
      await client.query(
        `insert into staff_table values ($1, $2, $3, $4, $5) on conflict (id) do update
         set code = excluded.code, changed_at = excluded.changed_at, staff = excluded.staff, gone = excluded.gone`,
        values(row),
      );
    },
    close: async () => {
      await client.end();
      await server.query(`drop database ${name} with (force)`);
      await server.query(`drop role reader_${name}`);
      await server.end();
    },
  };
}

/** In a database of its own on the server at `url`, whose person may create databases and people. */
export async function openForeignMysql(url: string): Promise<ForeignTable> {
  const name = `foreign_${process.pid}_${Date.now()}`;
  const client = await mysql.createConnection({ uri: url, timezone: '+08:00' });
  await client.query(`set session time_zone = '+08:00'`);
  await client.query(`create database ${name}`);
  await client.query(`use ${name}`);
  await client.query(
    `create table staff_table (id bigint primary key, code varchar(18), changed_at datetime(6), staff decimal(12, 2), gone boolean)`,
  );
  await client.query(view);
  await client.query(`create user 'reader'@'%' identified by 'reader'`);
  await client.query(`grant select on ${name}.staff_view to 'reader'@'%'`);
  const { host } = new URL(url);
  return {
    readerUrl: `mysql://reader:reader@${host}/${name}`,
    put: async (row) => {
      await client.query('replace into staff_table values (?, ?, ?, ?, ?)', values(row));
    },
    close: async () => {
      await client.query(`drop database ${name}`);
      await client.query(`drop user 'reader'@'%'`);
      await client.end();
    },
  };
}
