// The whole house in one process, as `npm start` runs it, on a database that is there already; and callers with tokens.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort, stop } from './processes.mjs';

const startMs = 180_000;

export async function startStandalone(settings) {
  const port = await freePort();
  const main = join(import.meta.dirname, '../dist/apps/standalone/src/main.js');
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...settings, PORT: String(port), HOST: '127.0.0.1', DEMO: 'none', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  for (const giveUpAt = performance.now() + startMs; ; await pause(100)) {
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return { child, url, stop: () => stop(child) };
    if (child.exitCode !== null || performance.now() > giveUpAt) throw new Error('the house does not start');
  }
}

/** A person of an organisation, put straight into the schema of identity; resolves with a token. */
export async function addPerson(owner, sign, { kind, code, uscc = null, memberships = [], role }) {
  const [organisationId, personId, sessionId] = [randomUUID(), randomUUID(), randomUUID()];
  await owner.query(
    `insert into identity.organisation (id, kind, code, name, uscc, memberships, status, created_at)
     values ($1, $2, $3, $3, $4, $5, 'ACTIVE', now())`,
    [organisationId, kind, code, uscc, memberships],
  );
  await owner.query(
    `insert into identity.person (id, organisation_id, login, display_name, password_hash, roles, status, created_at)
     values ($1, $2, 'bench-' || $1::uuid, $3, 'none', $4, 'ACTIVE', now())`,
    [personId, organisationId, '测试人', [role]],
  );
  await owner.query(
    `insert into identity.session (id, person_id, refresh_hash, created_at, expires_at)
     values ($1, $2, 'bench-' || $1::uuid, now(), now() + interval '1 day')`,
    [sessionId, personId],
  );
  return sign({ personId, organisationId, sessionId });
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** One request with a body of JSON or bytes; throws at what is no success. */
export function ask(url, path, { token, method = 'GET', body, headers = {} } = {}) {
  const bytes = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const given = {
    authorization: `Bearer ${token}`,
    ...(method !== 'GET' && { 'idempotency-key': randomUUID() }),
    ...(bytes !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes) }),
    ...headers,
  };
  return new Promise((done, fail) => {
    const sent = request(url + path, { method, agent, headers: given }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => (text += part));
      answer.on('end', () => {
        if (answer.statusCode < 300) return done(text === '' ? {} : JSON.parse(text));
        fail(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`));
      });
    });
    sent.on('error', fail).end(bytes);
  });
}

const columns =
  '记录主键,统一社会信用代码,业务日期,报送日期,操作类型,企业名称,曾用名,法定代表人,注册资本(万元),实缴资本(万元),成立日期,经营状态,行业代码,行政区划,住所';

/** The registry tells of one firm, in a file of its own. */
export function deliverFirm(url, token, { uscc, name, reference }) {
  const row = [`R-${uscc}`, uscc, '2026-09-30', '2026-10-08', 'I', name, '', '沈舟', '500.50', '300', '2019-05-20'];
  return ask(url, '/api/ingestion/feeds/registry.enterprise/batches', {
    token,
    method: 'POST',
    body: `${columns}\r\n${[...row, '存续', 'C3911', '320583', '玉山镇1号'].join()}\r\n`,
    headers: { 'content-type': 'text/csv; charset=utf-8', 'batch-reference': reference },
  });
}
