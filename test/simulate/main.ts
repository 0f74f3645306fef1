import { parseArgs } from 'node:util';

import { gather } from './cast.js';
import { Faults } from './faults.js';
import { Simulation } from './simulation.js';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '7' }, attempts: { type: 'string', default: '100000' } },
});
const [seed, attempts] = [Number(values.seed), Number(values.attempts)];
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(attempts) || attempts < 1) {
  console.error('usage: npm run simulate -- --seed 7 --attempts 100000');
  process.exit(2);
}

const cast = await gather();
const simulation = new Simulation(seed, cast, new Faults());
const began = performance.now();
await simulation.run(attempts, (line) => console.log(line));
for (const [what, count] of [...simulation.counts].toSorted(([, a], [, b]) => b - a))
  console.log(`${String(count).padStart(8)}  ${what}`);
for (const line of simulation.violations.slice(0, 50)) console.error(line);
const seconds = ((performance.now() - began) / 1_000).toFixed(1);
console.log(`seed ${seed}: ${simulation.attempts} attempts in ${seconds} s, trace ${simulation.digest}`);
console.log(`violations: ${simulation.violations.length}`);
await cast.market.stop();
process.exit(simulation.violations.length > 0 ? 1 : 0);
