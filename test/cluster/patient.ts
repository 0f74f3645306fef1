import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

export interface Answer {
  status: number;
  body: Record<string, any>;
  text: string;
}

const patienceMs = 90_000;
const againMs = 100;

/**
 * An outside client as it should be: when no answer comes, or 503, it sends the same request with the same key again,
 * and takes the first answer that says what became of it.
 */
export class Patient {
  /** Answers that were none, over all clients: what the outside felt of a fault. */
  static hiccups: string[] = [];

  private token?: string;

  constructor(
    private readonly url: string,
    private readonly person?: { login: string; password: string },
  ) {}

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  /** A command; throws when it is refused for good. */
  async post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Record<string, any>> {
    const given = { 'content-type': 'application/json', ...headers };
    const answer = await this.call('POST', path, JSON.stringify(body), given);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async call(
    method: string,
    path: string,
    body?: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const sent: Record<string, string> = {
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
      ...headers,
    };
    const giveUpAt = performance.now() + patienceMs;
    for (let renewed = false; ;) {
      if (this.token) sent['authorization'] = `Bearer ${this.token}`;
      const answer = await once(this.url + path, {
        method,
        headers: sent,
        ...(body !== undefined && { body: body as string }),
      });
      if (answer.status === 401 && this.person && !renewed) {
        // A token lives a quarter of an hour, and a slow machine takes longer over all faults.
        renewed = true;
        await this.enter();
        continue;
      }
      if (isFinal(answer)) return answer;
      Patient.hiccups.push(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
      if (performance.now() > giveUpAt)
        throw new Error(`${method} ${path} came to nothing: ${answer.status} ${answer.text}`);
      await pause(againMs);
    }
  }

  async signIn(login: string, password: string): Promise<Patient> {
    const patient = new Patient(this.url, { login, password });
    await patient.enter();
    return patient;
  }

  private async enter(): Promise<void> {
    this.token = (await new Patient(this.url).post('/api/identity/sessions', this.person))['accessToken'];
  }
}

async function once(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
    return { status: response.status, text, body: json ? JSON.parse(text) : {} };
  } catch (error) {
    return { status: 0, text: String(error), body: {} };
  }
}

/** 409 COMMAND_IN_PROGRESS: the first try is still at work somewhere, and its answer will be kept. */
const isFinal = ({ status, body }: Answer): boolean =>
  status > 0 && status < 500 && !(status === 409 && String(body['code']).includes('IN_PROGRESS'));
