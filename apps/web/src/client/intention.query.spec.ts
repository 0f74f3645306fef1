import { Intention, isOpen } from './intention.query.js';
import { AnswerLost, ProblemError } from './problem.error.js';

const problem = (status: number, code: string) =>
  new ProblemError({ status, code, title: '', detail: '', errors: [], correlationId: null });

function counting() {
  let made = 0;
  return new Intention(() => `key-${++made}`);
}

describe('the idempotency key of an intention', () => {
  it('stays the same over retries of a lost answer, so that money moves once', () => {
    const intention = counting();
    const first = intention.keyFor({ amountFen: '100' });
    intention.settle(new AnswerLost(new TypeError('network')));
    expect(intention.keyFor({ amountFen: '100' })).toBe(first);
    intention.settle(problem(503, 'HTTP.503'));
    expect(intention.keyFor({ amountFen: '100' })).toBe(first);
  });

  it('is a new one after a definite answer, good or bad', () => {
    const intention = counting();
    const first = intention.keyFor({});
    intention.settle(null);
    const second = intention.keyFor({});
    intention.settle(problem(409, 'MARKETPLACE.NEED_FULL'));
    expect(new Set([first, second, intention.keyFor({})]).size).toBe(3);
  });

  it('is a new one for another amount', () => {
    const intention = counting();
    expect(intention.keyFor({ amountFen: '1' })).not.toBe(intention.keyFor({ amountFen: '2' }));
  });

  it('treats a command still at work as open, a refusal as settled', () => {
    expect(isOpen(problem(409, 'SERVICE.IN_PROGRESS'))).toBe(true);
    expect(isOpen(problem(422, 'SERVICE.INVALID'))).toBe(false);
    expect(isOpen(new RangeError('a defect of the page'))).toBe(false);
  });
});
