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
  let timer: NodeJS.Timeout;
  // Looking takes as long as the heap is large: the work gets most of the time.
  const look = (): void => {
    const began = performance.now();
    most = Math.max(most, live());
    timer = setTimeout(look, 9 * (performance.now() - began));
  };
  look();
  try {
    await work();
  } finally {
    clearTimeout(timer!);
  }
  return Math.max(most, live()) - before;
}
