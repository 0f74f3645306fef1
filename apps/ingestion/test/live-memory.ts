import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes outside and inside the heap that something still holds. */
function live(): number {
  collect();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

/** Bytes that a work holds at most beyond what was held before it; what waits to be collected does not count. */
export async function heldBy(work: () => Promise<unknown>): Promise<number> {
  const before = live();
  let most = before;
  const look = () => (most = Math.max(most, live()));
  const looks = setInterval(look, 100);
  try {
    await work();
  } finally {
    clearInterval(looks);
  }
  look();
  return most - before;
}
