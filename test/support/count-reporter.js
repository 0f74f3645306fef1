import { appendFileSync } from 'node:fs';

/** Ends every run with one plain line that CI can read, and adds the counts to COUNTS_FILE for the whole gate. */
export default class CountReporter {
  constructor(globalConfig) {
    this.watching = globalConfig.watch || globalConfig.watchAll;
  }

  onRunComplete(_contexts, results) {
    // A file that fails to load has no failed test, so it counts as one failure of its own.
    const broken = results.testResults.filter((file) => file.testExecError && file.numFailingTests === 0).length;
    const failed = results.numFailedTests + broken;
    const counts = { passed: results.numPassedTests, failed, skipped: results.numPendingTests };
    if (process.env.COUNTS_FILE) appendFileSync(process.env.COUNTS_FILE, `${JSON.stringify(counts)}\n`);
    else if (!this.watching) {
      const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
      process.once('exit', () => console.log(`tests: ${counts.passed} passed, ${counts.failed} failed${skipped}`));
    }
  }
}
