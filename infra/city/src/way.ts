import type { Random } from '../../demo-city/src/random.js';
import type { Catalogue, Feed } from './catalogue.js';

/** How a department's rows reach the platform: sent by HTTP, put into a folder, asked for page by page, or on a topic. */
export type Way = 'HTTP' | 'DROP' | 'PULL' | 'TOPIC';

/** Rows that are no file: each is a JSON object of its own. */
export const isRowByRow = (way: Way): boolean => way === 'PULL' || way === 'TOPIC';

/** What the run has besides HTTP. */
export interface OtherWays {
  /** There is a folder to put files into. */
  drop: boolean;
  /** Feeds that the platform asks for. */
  pulled: ReadonlySet<string>;
  /** Feeds that have a topic on the Kafka of their departments. */
  topics: ReadonlySet<string>;
}

export const onlyHttp: OtherWays = { drop: false, pulled: new Set(), topics: new Set() };

/** A third of those who send files use the folder. */
const dropShare = 0.33;
/** Every fourth feed is asked for, and another fourth has a topic. */
const shareEvery = 4;

export function wayOf(random: Random, { feed }: Feed, { drop, pulled, topics }: OtherWays): Way {
  if (pulled.has(feed)) return 'PULL';
  if (topics.has(feed)) return 'TOPIC';
  return drop && random.chance(dropShare) ? 'DROP' : 'HTTP';
}

/** Feeds of the first sources that an API can give. */
export const pulledFeeds = (catalogue: Catalogue, count: number): string[] => shareOf(catalogue, count, 0);

/** Others of them that can be told message by message. */
export const topicFeeds = (catalogue: Catalogue, count: number): string[] => shareOf(catalogue, count, 2);

/** Neither has a last row with sums. */
function shareOf({ sources, feeds }: Catalogue, count: number, place: number): string[] {
  const taking = new Set(sources.slice(0, count).map(({ code }) => code));
  return feeds
    .filter((feed) => feed.delivery?.totals === undefined && feed.sources.some((code) => taking.has(code)))
    .filter((_feed, at) => at % shareEvery === place)
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

export const topicOf = (feed: string): string => `city.${feed}`;

/** The same for those with a topic. All messages of a delivery go at once, and are one batch. */
export const topicConnectorOf = (feeds: readonly string[]): string => `connector: city-topics
kind: KAFKA
feeds: [${feeds.join(', ')}]
brokers: { setting: CITY_KAFKA }
proof: { kind: NONE }
group: city-platform
topics:
${feeds.map((feed) => `  - { feed: ${feed}, topic: ${topicOf(feed)} }`).join('\n')}
batchRows: 50000
batchSeconds: 1
`;
