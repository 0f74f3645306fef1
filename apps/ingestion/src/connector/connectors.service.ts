import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { SettingError } from '@app/config';
import { Injectable } from '@nestjs/common';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

import { columnsOf } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { connectorsDir } from '../ingestion.config.js';
import { connectorSchema } from './connector-schema.rules.js';
import { NotPulled } from './connector.error.js';
import { type Connector, connectorFaults, type KafkaConnector, type VisitedConnector } from './connector.rules.js';
import { referred } from './reference.driver.js';

/** The declared connections; read at start, and a broken declaration stops it. */
@Injectable()
export class Connectors {
  readonly all: readonly Connector[];

  constructor(contracts: Contracts) {
    const fieldsOf = (feed: string) => columnsOf(contracts.of(feed)).map(({ name }) => name);
    this.all = readConnectors(resolve(connectorsDir()));
    for (const connector of this.all) {
      connector.feeds.forEach(fieldsOf);
      const faults = connectorFaults(connector, fieldsOf);
      if (faults.length > 0) throw new SettingError(`connector ${connector.connector}: ${faults.join('; ')}`);
    }
    const feeds = this.all.flatMap(({ connector, feeds: own }) => own.map((feed) => `${connector} ${feed}`));
    if (new Set(feeds).size !== feeds.length) throw new SettingError('two connectors have one name and feed');
  }

  /** The connection that this feed is fetched through. @throws NotPulled when none has an address */
  visitedFor(feed: string): VisitedConnector {
    const found = this.visited().find(({ feeds }) => feeds.includes(feed));
    if (!found) throw new NotPulled();
    return found;
  }

  /** Those that are asked, and have an address. */
  visited(): VisitedConnector[] {
    return this.all.filter((one) => one.kind !== 'KAFKA').filter(isSetUp);
  }

  /** Those that speak by themselves, and have an address. */
  listened(): KafkaConnector[] {
    return this.all.filter((one) => one.kind === 'KAFKA').filter(isSetUp);
  }
}

/** Its address is there. */
export const isSetUp = (connector: Connector): boolean =>
  referred(connector.kind === 'KAFKA' ? connector.brokers : connector.url) !== undefined;

function readConnectors(folder: string): Connector[] {
  const isConnector = new Ajv2020().compile<Connector>(connectorSchema);
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return files.toSorted().map((file) => {
    const connector: unknown = parse(readFileSync(join(folder, file), 'utf8'));
    if (!isConnector(connector)) throw new SettingError(`${file} is no connector`);
    return connector;
  });
}
