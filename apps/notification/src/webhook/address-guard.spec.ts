import { fc, test } from '@fast-check/jest';

import { AddressGuard, isLoopback, isPublicAddress } from './address-guard.driver.js';

describe('addresses that a webhook may be aimed at', () => {
  it.each([
    '93.184.216.34',
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.255.255',
    '2606:2800:220:1::1',
    '240e:1234::1',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    '2001:0:7f00:1::1',
    'localhost',
    '',
    '1.2.3',
    '0x7f.1',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.prop([fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 })])(
    'none of a private network is, however it is written',
    (a, b, c) => {
      for (const address of [
        `10.${a}.${b}.${c}`,
        `192.168.${a}.${b}`,
        `::ffff:10.${a}.${b}.${c}`,
        `127.${a}.${b}.${c}`,
      ])
        expect(isPublicAddress(address)).toBe(false);
      expect(isLoopback(`127.${a}.${b}.${c}`)).toBe(true);
    },
  );
});

describe('addresses that may be written down for a webhook', () => {
  const faultOf = (url: string) => new AddressGuard().faultOf(new URL(url));

  it.each(['https://bank.example/hook', 'https://bank.example:8443/hook?x=1', 'https://93.184.216.34/'])(
    '%s may',
    (url) => {
      expect(faultOf(url)).toBeUndefined();
    },
  );

  it.each([
    'http://bank.example/',
    'ftp://bank.example/',
    'https://user@bank.example/',
    'https://bank.example/#x',
    'https://bank.example:22/',
    'https://127.0.0.1/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'http://127.0.0.1:9999/',
  ])('%s may not', (url) => {
    expect(faultOf(url)).toBeDefined();
  });
});
