import { day } from '@app/kernel';

import { faultOfDistrict } from './district.rules.js';

describe('a district of an override', () => {
  const today = day('2026-11-23');

  it.each(['320500', '320505', '320508', '320509', '320583', '320585'])('may be %s', (code) => {
    expect(faultOfDistrict(code, today)).toBeUndefined();
  });

  it.each(['320599', '310101', '000000', '320510', '320594'])(
    'may not be %s, which is no place of the city',
    (code) => {
      expect(faultOfDistrict(code, today)).toContain('GB/T 2260');
    },
  );

  it('goes by the day from which it is to hold, and says what a code became', () => {
    expect(faultOfDistrict('320584', day('2012-08-31'))).toBeUndefined();
    expect(faultOfDistrict('320584', day('2012-09-01'))).toContain('320509');
    for (const old of ['320502', '320503', '320504']) expect(faultOfDistrict(old, today)).toContain('320508');
  });
});
