import { correlationId, enterCorrelation, withCorrelation, workContext } from './correlation.js';

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('the id that ties work together', () => {
  it('is a fresh one outside of any request', () => {
    expect(correlationId()).not.toBe(correlationId());
    expect(workContext()).toEqual({});
  });

  it('follows work across waits, and keeps two requests apart', async () => {
    const work = async (): Promise<string> => {
      await turn();
      return correlationId();
    };
    expect(await Promise.all([withCorrelation('one', work), withCorrelation('two', work)])).toEqual(['one', 'two']);
  });

  it('keeps the service while an event brings its own id', async () => {
    await withCorrelation('outside', async () => {
      enterCorrelation('request', 'credit');
      await turn();
      expect(workContext()).toEqual({ correlationId: 'request', service: 'credit' });
      const within = withCorrelation('event', workContext);
      expect(within).toEqual({ correlationId: 'event', service: 'credit' });
      expect(correlationId()).toBe('request');
    });
  });
});
