import { AnswerLost, ProblemError } from './problem.error.js';

/**
 * One intention of a person keeps one idempotency key until the service has answered it for good. A second click after a lost
 * answer asks for the first answer again; another amount is another intention.
 */
export class Intention {
  private held: { key: string; meaning: string } | null = null;

  constructor(private readonly newKey: () => string) {}

  keyFor(input: unknown): string {
    const meaning = JSON.stringify(input) ?? '';
    if (this.held?.meaning !== meaning) this.held = { key: this.newKey(), meaning };
    return this.held.key;
  }

  /** Called with every outcome: a definite one ends the intention. */
  settle(error: unknown): void {
    if (!isOpen(error)) this.held = null;
  }
}

/** True while nobody knows the outcome: the answer was lost, a proxy gave up, or the first request is still at work. */
export function isOpen(error: unknown): boolean {
  if (error instanceof AnswerLost) return true;
  if (!(error instanceof ProblemError)) return false;
  const { status, code } = error.problem;
  return status >= 500 || status === 429 || code.endsWith('IN_PROGRESS');
}

/** Works on plain http inside a bank's network too, where `crypto.randomUUID` does not exist. */
export function makeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
