// One command over HTTP, by a client that hears of a service's death at once.
import { request } from 'node:http';

const answerMs = 20_000;

/**
 * @param {{ port: number, path: string, token: string, key: string, body: string, agent: import('node:http').Agent }} command
 * @returns {Promise<{ status: number, body: any } | undefined>} undefined when the service went away
 */
export function post({ port, path, token, key, body, agent }) {
  const headers = {
    authorization: `Bearer ${token}`,
    'idempotency-key': key,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((done) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent, timeout: answerMs });
    sent.on('timeout', () => sent.destroy(new Error('no answer'))).on('error', () => done(undefined));
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('error', () => done(undefined)).on('end', () => done(read(response.statusCode, text)));
    });
    sent.end(body);
  });
}

/** What is cut off in the middle is no answer. */
function read(status, text) {
  try {
    return { status, body: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

export const mayTryAgain = ({ status, body }) => status === 503 || (status === 409 && /IN_PROGRESS/.test(body.code));
