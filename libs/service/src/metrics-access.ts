import { metricsPort } from '@app/config';
import { NotFoundException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const thisMachine = /^(::ffff:)?127\.|^::1$/;
/** Whoever comes through a proxy that we know nothing of only seems to come from this machine. */
const marksOfProxies = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

/**
 * Metrics are for who runs the house: of a sealed window they would tell how many banks have entered. Beside the
 * requests they are served to this machine alone, and to nobody where METRICS_PORT gives them a port of their own.
 * Throws NotFoundException, as for an address that nobody serves.
 */
export function refuseStrangers({ ip, ips, headers }: Pick<FastifyRequest, 'ip' | 'ips' | 'headers'>): void {
  // `ips` is the way through proxies that we believe (TRUST_PROXY); without any, nobody may stand in between.
  const direct = ips !== undefined || marksOfProxies.every((name) => headers[name] === undefined);
  const near = (ips ?? [ip]).every((address) => thisMachine.test(address));
  if (metricsPort() > 0 || !direct || !near) throw new NotFoundException('there is nothing at this address');
}
