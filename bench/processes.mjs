// Children that are measured, and the time that they and PostgreSQL spend on the processor (Linux only).
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Starts a module in a process of its own; `call` sends it work and waits for the answer. See `answering`.
 * BENCH_NODE_FLAGS=--cpu-prof shows where its time goes.
 */
export async function startChild(file, settings = {}) {
  const flags = (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '');
  const child = fork(join(import.meta.dirname, file), [], {
    env: { ...process.env, ...settings },
    execArgv: flags,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended (${code})`);
  });
  ended.catch(() => undefined);
  const answer = async () => {
    const told = new AbortController();
    const heard = once(child, 'message', { signal: told.signal });
    heard.catch(() => undefined);
    const [message] = await Promise.race([heard, ended]).finally(() => told.abort());
    if (message.failed) throw new Error(`${file}: ${message.failed}`);
    return message.value;
  };
  const call = (name, input) => {
    const given = answer();
    child.send({ name, input });
    return given;
  };
  const value = await answer();
  return { pid: child.pid, value, call, stop: () => stop(child) };
}

/** The other end, in the child: says what it starts with, then answers calls by name, one at a time. */
export function answering(started, works) {
  process.on('message', ({ name, input }) => {
    Promise.resolve(works[name](input)).then(
      (value) => process.send({ value }),
      (error) => process.send({ failed: error.stack }),
    );
  });
  for (const end of ['disconnect', 'SIGTERM']) process.on(end, () => process.exit()); // an orderly exit writes --cpu-prof
  process.send({ value: started });
}

export async function stop(child, signal = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/** Clock ticks a second of /proc; a hundred on every Linux of today. */
const ticks = 100;

/** A process that has just ended is counted nowhere until its parent has noticed. */
const noticedMs = 200;

/** Seconds that a process has computed so far; with `children` also those it has started, ended ones included. */
export async function cpuSeconds(pid, { children = false } = {}) {
  if (children) await pause(noticedMs);
  const own = statOf(pid);
  if (!own) return NaN;
  const spent = (own.user + own.system + (children ? own.childrenUser + own.childrenSystem : 0)) / ticks;
  return spent + (children ? childrenOf(pid).reduce((sum, child) => sum + spentBy(child), 0) : 0);
}

function spentBy(pid) {
  const stat = statOf(pid);
  return stat ? (stat.user + stat.system) / ticks : 0;
}

function statOf(pid) {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
  return { parent: Number(fields[1]), user, system, childrenUser, childrenSystem };
}

const childrenOf = (pid) =>
  readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && statOf(name)?.parent === pid;
    } catch {
      return false; // ended while we looked
    }
  });

/** The most memory that a process ever held, in MB. */
export function memoryHighMb(pid) {
  const path = `/proc/${pid}/status`;
  const found = existsSync(path) && /VmHWM:\s+(\d+) kB/.exec(readFileSync(path, 'utf8'));
  return found ? Number(found[1]) / 1_024 : NaN;
}
