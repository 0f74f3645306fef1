import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';

import type { VisitedConnector } from '../connector/connector.rules.js';
import { Connectors } from '../connector/connectors.service.js';
import { Gaps } from '../connector/gaps.service.js';
import { needed } from '../connector/reference.driver.js';
import { Contracts } from '../contract/contract.service.js';
import type { Asked, Piece } from '../source/source-reader.rules.js';
import { readTable } from '../source/table-reader.driver.js';
import { readPages } from './http-reader.driver.js';
import { type Prover, proverOf } from './proof.driver.js';

/** Knows of each feed how it is fetched. */
@Injectable()
export class SourceReaders {
  /** One for each connection: its feeds share a token, and what is known of the source's clock. */
  private readonly provers = new Map<string, Prover>();

  constructor(
    private readonly connectors: Connectors,
    private readonly contracts: Contracts,
    private readonly clock: Clock,
    readonly gaps: Gaps,
  ) {}

  /** @throws NotPulled */
  connectorOf(feed: string): VisitedConnector {
    return this.connectors.visitedFor(feed);
  }

  async *read(connector: VisitedConnector, wish: Omit<Asked, 'gaps'>): AsyncGenerator<Piece> {
    const gaps = await this.gaps.ask({ connector: connector.connector, feed: wish.feed }, this.clock.now());
    const asked = { ...wish, gaps };
    if (connector.kind === 'TABLE') {
      const types = new Map(this.contracts.of(wish.feed).columns.map(({ name, type }) => [name, type] as const));
      yield* readTable(connector, asked, types);
      return;
    }
    const prover =
      this.provers.get(connector.connector) ?? proverOf(connector.proof, this.clock, connector.timeoutSeconds);
    this.provers.set(connector.connector, prover);
    const source = { connector, url: needed(connector.url), prover, clock: this.clock, stop: wish.stop };
    yield* readPages(source, asked);
  }
}
