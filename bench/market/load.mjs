// The load generator, in a process of its own: keep-alive connections that each send the next grab when the one before is
// answered. Plain sockets, because a general HTTP client would take the core that the server needs.
import { connect } from 'node:net';

import { answering } from '../processes.mjs';
import { idOf, intendedFen, kinds, managerNumber, pairOf } from './pairs.mjs';

const body = JSON.stringify({ intendedFen });

answering(true, { fire, pace });

/** @param {{ port: number, connections: number, seconds: number, first: number, tokens: Record<number, string> }} shot */
async function fire({ port, connections, seconds, first, tokens }) {
  const shot = { next: first, until: performance.now() + seconds * 1_000, statuses: {}, times: [] };
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, () => client(port, tokens, shot)));
  return summed(shot, first, began);
}

/**
 * The same at a given rate, whatever the answers: a grab is due at its instant, and what it waits for a free connection
 * counts as its time too.
 * @param {{ port: number, connections: number, seconds: number, first: number, tokens: Record<number, string>, rate: number }} shot
 */
async function pace({ port, connections, seconds, first, tokens, rate }) {
  const began = performance.now();
  const due = (number) => began + ((number - first) * 1_000) / rate;
  const shot = { next: first, until: began + seconds * 1_000, statuses: {}, times: [], due };
  await Promise.all(Array.from({ length: connections }, () => client(port, tokens, shot)));
  return summed(shot, first, began);
}

function summed(shot, first, began) {
  const times = shot.times.toSorted((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  const granted = shot.statuses[201] ?? 0;
  return {
    rate: granted / ((performance.now() - began) / 1_000),
    granted,
    others: shot.next - first - granted,
    statuses: shot.statuses,
    used: shot.next - first,
    p50: at(0.5),
    p99: at(0.99),
  };
}

function client(port, tokens, shot) {
  return new Promise((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let [text, sentAt] = ['', 0];
    const send = () => {
      const now = performance.now();
      const number = shot.next;
      const dueAt = shot.due?.(number) ?? now;
      if (Math.max(now, dueAt) > shot.until) {
        socket.end(done);
        return;
      }
      shot.next += 1;
      sentAt = dueAt;
      const write = () => socket.write(requestOf(number, tokens));
      if (dueAt <= now) write();
      else setTimeout(write, dueAt - now);
    };
    socket.setEncoding('latin1');
    socket.on('connect', send).on('error', fail);
    socket.on('data', (chunk) => {
      text += chunk;
      const end = endOf(text);
      if (end === undefined || text.length < end) return;
      const status = text.slice(9, 12);
      shot.statuses[status] = (shot.statuses[status] ?? 0) + 1;
      shot.times.push(performance.now() - sentAt);
      text = text.slice(end);
      send();
    });
  });
}

function endOf(text) {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /content-length: (\d+)/i.exec(text.slice(0, head));
  return head + 4 + Number(length[1]);
}

function requestOf(number, tokens) {
  const { need, bank, manager } = pairOf(number);
  return (
    `POST /api/marketplace/needs/${idOf(kinds.need, need)}/grabs HTTP/1.1\r\nhost: 127.0.0.1\r\n` +
    `authorization: Bearer ${tokens[managerNumber(bank, manager)]}\r\nidempotency-key: ours-${number}\r\n` +
    `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  );
}
