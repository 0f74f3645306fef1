const everyMs = 200;
let high = 0;

/** Looks at this process's heap from now on. */
export function watchHeap() {
  setInterval(() => {
    high = Math.max(high, process.memoryUsage().heapUsed);
  }, everyMs).unref();
}

/** The most that was seen, in MB. */
export const heapHighMb = () => high / 1_048_576;
