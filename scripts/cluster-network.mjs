// Network namespaces for processes of a cluster on one machine, so that a test can cut one of them off from all others as
// a pulled cable would: no connection is closed, packets only stop. Linux, and allowed to root alone.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The stores listen here; an address of the loopback device, which every namespace reaches by its own way. */
const host = '10.251.0.1';
export const networkRange = '10.251.0.0/16';
const prefix = 'xq';

/**
 * Undefined where namespaces may not be made.
 * @returns {{ host: string, join(name: string): Place, close(): void } | undefined}
 * @typedef {{ address: string, link: string, command: (line: string[]) => string[] }} Place
 */
export function openNetwork() {
  try {
    clearOrphans();
    ip('addr', 'replace', `${host}/32`, 'dev', 'lo');
    const places = new Map();
    // Whether it works is known when one was made.
    ip('netns', 'del', makePlace(250).name);
    return {
      host,
      /** A namespace of its own for whoever has this name, the same one again after a restart. */
      join(name) {
        if (!places.has(name)) places.set(name, makePlace(places.size + 1));
        return places.get(name);
      },
      close() {
        for (const { name } of places.values()) quietly('netns', 'del', name);
        quietly('addr', 'del', `${host}/32`, 'dev', 'lo');
      },
    };
  } catch {
    return undefined;
  }
}

/** One namespace on a cable of its own: `link` is the machine's end of it. */
function makePlace(number) {
  const name = `${prefix}-${process.pid}-${number}`;
  const link = `${prefix}${number}`;
  const [outside, address] = [`10.251.${number}.1`, `10.251.${number}.2`];
  quietly('link', 'del', link);
  ip('netns', 'add', name);
  ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
  ip('addr', 'add', `${outside}/30`, 'dev', link);
  ip('link', 'set', link, 'up');
  ip('-n', name, 'addr', 'add', `${address}/30`, 'dev', 'eth0');
  for (const device of ['lo', 'eth0']) ip('-n', name, 'link', 'set', device, 'up');
  ip('-n', name, 'route', 'add', 'default', 'via', outside);
  return { name, address, link, command: (line) => ['ip', 'netns', 'exec', name, ...line] };
}

/** A cluster that was killed could not take its namespaces along. */
function clearOrphans() {
  for (const line of ip('netns', 'list').split('\n')) {
    const [name] = line.split(' ');
    const [, pid] = /^xq-(\d+)-\d+$/.exec(name) ?? [];
    if (pid && !existsSync(`/proc/${pid}`)) quietly('netns', 'del', name);
  }
}

const ip = (...args) => execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

function quietly(...args) {
  try {
    ip(...args);
  } catch {
    // It is not there any more.
  }
}
