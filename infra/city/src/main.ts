import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { textSetting } from '@app/config';
import { dayOf } from '@app/kernel';

import { Caller } from './caller.js';
import { readCatalogue } from './catalogue.js';
import { told } from './comparison.js';
import { officersOf } from './officers.js';
import { planOf } from './plan.js';
import { Simulation } from './simulation.js';
import { SourceApi } from './source-api.js';
import { SourceTopics } from './source-topics.js';
import { connectorOf, pulledFeeds, topicConnectorOf, topicFeeds } from './way.js';

const usage = `npm run city -- --sources 72 --days 30 --seed 7 [--speed 0] [--rows 20] [--lanes 4] [--sample 400]
  [--url http://127.0.0.1:8080] [--tag t1] [--drop <DATA_DIR/drop of the platform>] [--api 9099] [--connector]
  [--topics 127.0.0.1:9092] [--topic-connector]
--drop: a third of the files go through the platform's folder. --api: every fourth feed is asked for at this port; the platform needs
the file that --connector prints in its CONNECTORS_DIR, CITY_API_URL=http://127.0.0.1:9099 and the CITY_API_KEY that is set here too.
--topics: another fourth of the feeds has topics on this Kafka; the platform needs the file that --topic-connector prints, and
CITY_KAFKA=127.0.0.1:9092.
OPERATOR_PASSWORD (or DEMO_PASSWORD): of the person who takes the data officers on, OPERATOR_LOGIN when it is not operator;
CITY_PASSWORD: of the officers, the operator's when it is not given`;

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '72' },
    days: { type: 'string', default: '30' },
    speed: { type: 'string', default: '0' },
    seed: { type: 'string', default: '7' },
    rows: { type: 'string', default: '20' },
    lanes: { type: 'string', default: '4' },
    sample: { type: 'string', default: '400' },
    drop: { type: 'string' },
    api: { type: 'string' },
    connector: { type: 'boolean', default: false },
    topics: { type: 'string' },
    'topic-connector': { type: 'boolean', default: false },
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    tag: { type: 'string', default: `s${Math.floor(Date.now() / 1_000).toString(36)}` },
  },
});
const [sources, days, speed, rows, lanes, sample] = (
  ['sources', 'days', 'speed', 'rows', 'lanes', 'sample'] as const
).map((name) => Number(values[name])) as [number, number, number, number, number, number];
const password = textSetting('OPERATOR_PASSWORD') ?? textSetting('DEMO_PASSWORD');
const apiKey = textSetting('CITY_API_KEY') ?? '';
const counted = [sources, days, rows, lanes].every((count) => Number.isSafeInteger(count) && count > 0);
const catalogue = readCatalogue(resolve(textSetting('CONTRACTS_DIR', 'infra/contracts')), dayOf(new Date()));
const [asked, spoken] = [pulledFeeds(catalogue, sources), topicFeeds(catalogue, sources)];
if (values.connector || values['topic-connector']) {
  console.log(values.connector ? connectorOf(asked) : topicConnectorOf(spoken));
  process.exit(0);
}
if (
  !counted ||
  (values.api !== undefined && apiKey === '') ||
  !(speed >= 0) ||
  !(sample >= 0) ||
  !/^[A-Za-z0-9]{1,8}$/.test(values.tag) ||
  password === undefined
) {
  console.error(usage);
  process.exit(2);
}

const { url, seed, tag } = values;
const today = dayOf(new Date());
const ways = {
  drop: values.drop !== undefined,
  pulled: new Set(values.api === undefined ? [] : asked),
  topics: new Set(values.topics === undefined ? [] : spoken),
};
const wish = { seed, tag, sources, days, today, rows, faultShare: 0.4, ways };
const plan = planOf(catalogue, wish);
const taking = catalogue.sources.slice(0, sources);
console.log(`seed ${seed}, tag ${tag}: ${plan.length} deliveries of ${taking.length} sources in ${days} days`);

const operator = new Caller(url, textSetting('OPERATOR_LOGIN', 'operator'), password);
const officers = await officersOf(operator, taking, { url, password: textSetting('CITY_PASSWORD', password) });
const api = values.api === undefined ? undefined : await SourceApi.open(Number(values.api), apiKey);
const topics = values.topics === undefined ? undefined : await SourceTopics.open(values.topics, spoken);
const played = { operator, officers, wish, speed, lanes, sample, dropFolder: values.drop, api, topics };
const stage = { ...played, say: (line: string) => console.log(line) };
const simulation = new Simulation(stage);
const began = performance.now();
await simulation.play(plan);
api?.close();
await topics?.close();
const seconds = ((performance.now() - began) / 1_000).toFixed(0);
for (const [kind, count] of [...simulation.kinds].toSorted(([, a], [, b]) => b - a))
  console.log(`${String(count).padStart(6)}  ${kind}`);
for (const difference of simulation.differences.slice(0, 200)) console.log(told(difference));
console.log(`${simulation.files} files, ${simulation.rows} rows, ${simulation.heads} records looked at, ${seconds} s`);
console.log(`differences: ${simulation.differences.length}`);
process.exitCode = simulation.differences.length === 0 ? 0 : 1;
