import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { SMTPServer } from 'smtp-server';

export interface Letter {
  from: string;
  to: string[];
  source: string;
}

/** A real SMTP server on this machine, which refuses what it is told to. */
export interface PostOffice {
  url: string;
  letters: Letter[];
  /** SMTP codes of the next refusals, at RCPT TO. */
  refusals: number[];
  stop(): Promise<void>;
}

export async function startPostOffice(): Promise<PostOffice> {
  const letters: Letter[] = [];
  const refusals: number[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: (_address, _session, done) => {
      const code = refusals.shift();
      done(code ? Object.assign(new Error('no'), { responseCode: code }) : null);
    },
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address);
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        letters.push({ from, to, source: Buffer.concat(parts).toString('utf8') });
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    letters,
    refusals,
    stop: () => new Promise((done) => server.close(() => done())),
  };
}

/** Decoded parts of a letter: quoted-printable or base64, as nodemailer chooses. */
export function partsOf({ source }: Letter): { type: string; text: string }[] {
  const boundary = /boundary="([^"]+)"/.exec(source)?.[1];
  return source
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const [head = '', ...rest] = part.split('\r\n\r\n');
      const body = rest.join('\r\n\r\n');
      const text = /base64/i.test(head) ? Buffer.from(body, 'base64').toString('utf8') : fromQuotedPrintable(body);
      return { type: /Content-Type: ([^;\r\n]+)/i.exec(head)?.[1] ?? '', text };
    });
}

function fromQuotedPrintable(body: string): string {
  const plain = body.replaceAll(/=\r\n/g, '');
  const bytes = plain.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The subject, decoded from RFC 2047. */
export function subjectOf({ source }: Letter): string {
  const line = /^Subject: ((?:.*\r\n[ \t])*.*)\r\n/m.exec(source)?.[1]?.replaceAll(/\r\n[ \t]/g, ' ') ?? '';
  return line
    .replaceAll(/\?= =\?/g, '?==?')
    .replaceAll(/=\?utf-8\?B\?([^?]*)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString('utf8'))
    .replaceAll(/=\?utf-8\?Q\?([^?]*)\?=/gi, (_, text: string) => fromQuotedPrintable(text.replaceAll('_', ' ')));
}
