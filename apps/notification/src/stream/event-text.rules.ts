/** How long the browser waits before it connects again, plus what it adds itself. */
const retryMs = 3_000;

/** One server-sent event (WHATWG HTML, 9.2). Data is one line of JSON: it holds no line break of its own. */
export function eventText(event: string, data: unknown, id?: number): string {
  const name = id === undefined ? '' : `id: ${id}\n`;
  return `${name}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

export const openingText = `retry: ${retryMs}\n\n`;

/** A comment: keeps proxies from closing a line on which nothing is said, and finds out whether it is dead. */
export const heartbeatText = ': \n\n';

/** Number after which to go on, from `Last-Event-ID`; null when there is none or it is not one of ours. */
export function lastEventId(text: unknown): number | null {
  return typeof text === 'string' && /^[0-9]{1,15}$/.test(text) ? Number(text) : null;
}
