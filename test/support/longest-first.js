import sequencer from '@jest/test-sequencer';

// The package is CommonJS: its class arrives as the default export, or within it.
const TestSequencer = sequencer.default ?? sequencer;

/** The walk through every page takes as long as a third of all others: begun last, one core would wait for it. */
const longest = ['test/ui/pages.e2e-spec.ts', 'test/e2e/simulate.e2e-spec.ts'];

/** Have browsers of their own, and go last: a browser and a suite that takes a whole core make each other wait. */
const last = ['test/ui/acts.e2e-spec.ts', 'test/ui/story.e2e-spec.ts'];

/** Suites known to be long come first, whatever a fresh clone's empty cache says. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer is no array
    const sorted = super.sort(tests);
    const first = longest.flatMap((name) => sorted.filter(({ path }) => path.endsWith(name)));
    const apart = sorted.filter(({ path }) => last.some((name) => path.endsWith(name)));
    return [...first, ...sorted.filter((test) => !first.includes(test) && !apart.includes(test)), ...apart];
  }
}
