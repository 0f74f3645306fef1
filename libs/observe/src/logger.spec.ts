import { Writable } from 'node:stream';

import { pino } from 'pino';

import { withheld } from './logger.js';

/** What a log with our settings writes of something. */
function logged(something: object): string {
  let written = '';
  const lines = new Writable({
    write(line, _, done) {
      written += String(line);
      done();
    },
  });
  pino({ redact: withheld }, lines).error(something);
  return written;
}

describe('the log', () => {
  it('says which statement failed, and none of the values in it', () => {
    const driverError = Object.assign(new Error('duplicate key'), {
      code: '23505',
      detail: 'Key (phone)=(13800001111) already exists.',
      where: 'COPY need, line 1: "周会计"',
    });
    const error = Object.assign(new Error('duplicate key'), {
      query: 'insert into need (contact_name, contact_phone) values ($1, $2)',
      parameters: ['周会计', '13800001111'],
      driverError,
      detail: driverError.detail,
    });
    const line = logged(error);
    expect(line).toContain('insert into need');
    expect(line).toContain('23505');
    expect(line).not.toMatch(/周会计|13800001111/);
  });

  it('holds no proof of who calls', () => {
    expect(logged({ req: { headers: { authorization: 'Bearer x.y.z', cookie: 's=1' } } })).not.toMatch(/x\.y\.z|s=1/);
  });
});
