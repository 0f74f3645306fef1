import { createPortal } from '../src/portal.js';

describe('the metrics of the whole process', () => {
  it('are for this machine, and nothing for whoever asks from elsewhere or through a proxy', async () => {
    const portal = await createPortal(async () => ({ status: 'ok', faults: [] }), ['identity']);
    const ask = async (remoteAddress: string, headers = {}) => {
      const { statusCode, body } = await portal.inject({ url: '/metrics', remoteAddress, headers });
      return [statusCode, body.includes('process_cpu_seconds_total')];
    };
    expect(await ask('127.0.0.1')).toEqual([200, true]);
    expect(await ask('10.0.0.7')).toEqual([404, false]);
    expect(await ask('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toEqual([404, false]);
    await portal.close();
  });
});
