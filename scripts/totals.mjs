/**
 * A mocha reporter: what the dot reporter shows, and in a file how many tests passed, failed and were
 * skipped, because a number that is counted is better than one that is read off a screen.
 */
import { writeFileSync } from "node:fs";
import Mocha from "mocha";

export default class Totals extends Mocha.reporters.Dot {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {{ file: string }} */
    const { file } = options.reporterOptions;
    runner.once("end", () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      const totals = { passed: passes, failed: failures, skipped: pending };
      writeFileSync(file, JSON.stringify(totals));
    });
  }
}
