import type { Random } from '../../demo-city/src/random.js';
import type { Catalogue, Feed } from './catalogue.js';

/** How a department's rows reach the platform: sent by HTTP, put into a folder, or asked for page by page. */
export type Way = 'HTTP' | 'DROP' | 'PULL';

/** What the run has besides HTTP. */
export interface OtherWays {
  /** There is a folder to put files into. */
  drop: boolean;
  /** Feeds that the platform asks for. */
  pulled: ReadonlySet<string>;
}

export const onlyHttp: OtherWays = { drop: false, pulled: new Set() };

/** A third of those who send files use the folder. */
const dropShare = 0.33;
/** Every fourth feed is asked for. */
const pulledEvery = 4;

export function wayOf(random: Random, { feed }: Feed, { drop, pulled }: OtherWays): Way {
  if (pulled.has(feed)) return 'PULL';
  return drop && random.chance(dropShare) ? 'DROP' : 'HTTP';
}

/** Feeds of the first sources that an API can give: it has no last row with sums. */
export function pulledFeeds({ sources, feeds }: Catalogue, count: number): string[] {
  const taking = new Set(sources.slice(0, count).map(({ code }) => code));
  return feeds
    .filter((feed) => feed.delivery?.totals === undefined && feed.sources.some((code) => taking.has(code)))
    .filter((_feed, at) => at % pulledEvery === 0)
    .map(({ feed }) => feed);
}

/** What the platform has to be told of these feeds: a file for its CONNECTORS_DIR. */
export const connectorOf = (feeds: readonly string[]): string => `connector: city-sources
kind: HTTP
feeds: [${feeds.join(', ')}]
url: { setting: CITY_API_URL }
path: /feeds/{feed}
proof: { kind: BEARER, key: { setting: CITY_API_KEY } }
schedule: { everyMinutes: 1440 }
pageRows: 1000
timeoutSeconds: 10
triesMax: 8
`;
