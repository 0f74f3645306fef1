import { type LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

import { demo, flagSetting } from '@app/config';
import { Injectable } from '@nestjs/common';

/** Everything of IPv4 that is not the public internet (IANA special-purpose registry). */
const special4: [address: string, bits: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Parts of 2000::/3 that lead elsewhere: documentation, and tunnels that carry any IPv4 address. */
const special6: [address: string, bits: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const refused = new BlockList();
for (const [address, bits] of special4) refused.addSubnet(address, bits, 'ipv4');
for (const [address, bits] of special6) refused.addSubnet(address, bits, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address is one of the public internet: what cannot be read as an address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, 'ipv4');
  return family === 6 && global6.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}

export const isLoopback = (address: string): boolean =>
  isIP(address) !== 0 && loopback.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** An address that we do not connect to, whatever a name resolves to. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** Keeps webhooks from being aimed at our own network. */
@Injectable()
export class AddressGuard {
  /** On a demo or test machine receivers run beside us; nowhere else. */
  readonly allowsLoopback = flagSetting('WEBHOOK_LOOPBACK', demo() === 'city');

  isAllowed(address: string): boolean {
    return isPublicAddress(address) || (this.allowsLoopback && isLoopback(address));
  }

  private isLocal = (host: string): boolean => this.allowsLoopback && (host === 'localhost' || isLoopback(host));

  /** What is wrong with an address of a receiver, before anything is resolved; undefined when nothing is. */
  faultOf(url: URL): string | undefined {
    const host = hostOf(url);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && this.isLocal(host)))
      return 'must begin with https://';
    if (url.username || url.password || url.hash) return 'must hold no user, no password and no fragment';
    if (isIP(host) !== 0 && !this.isAllowed(host)) return 'must be an address of the public internet';
    if (url.port !== '' && Number(url.port) < 1_024) return 'must use port 443 or one above 1023';
    return undefined;
  }

  /**
   * All addresses of a name, each allowed. The connection goes to one of these very addresses, so that a name that
   * resolves to something else a moment later gains nothing. @throws AddressRefused
   */
  async resolve(hostname: string): Promise<LookupAddress[]> {
    // Whether a name of our own network exists is nobody's business either: both are the same answer.
    const addresses = await this.addressesOf(hostname).catch((): LookupAddress[] => []);
    if (addresses.length === 0 || !addresses.every(({ address }) => this.isAllowed(address)))
      throw new AddressRefused(`${hostname} has no address, or one that is not of the public internet`);
    return addresses;
  }

  protected addressesOf(hostname: string): Promise<LookupAddress[]> {
    return lookup(hostname, { all: true });
  }
}

/** Without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');
