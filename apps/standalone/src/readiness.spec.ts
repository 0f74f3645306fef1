import { conditionOf, readinessOf } from './readiness.js';

describe('readiness', () => {
  it('says service by service what is wrong, in the words of the service', () => {
    const away = conditionOf('credit', 503, JSON.stringify({ detail: 'the database does not answer' }));
    expect(readinessOf([{ service: 'identity', ready: true }, away])).toEqual({
      status: 'unavailable',
      faults: ['credit: the database does not answer'],
    });
  });

  it('has enough of one copy that is ready', () => {
    const copies = [
      { service: 'credit', ready: false, detail: 'the process is about to end' },
      { service: 'credit', ready: true },
    ];
    expect(readinessOf(copies)).toEqual({ status: 'ok', faults: [] });
  });

  it('says the same of two copies once, and takes any answer that is no problem', () => {
    const copies = [conditionOf('credit', 502, '<html>'), conditionOf('credit', 502, '{}')];
    expect(readinessOf(copies).faults).toEqual(['credit: answers 502']);
  });
});
