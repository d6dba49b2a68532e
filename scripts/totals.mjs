/**
 * A mocha reporter: what the dot reporter shows, and how many tests passed and failed in a file,
 * because a number that is counted is better than one that is read off a screen.
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
      const { passes = 0, failures = 0 } = runner.stats ?? {};
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures }));
    });
  }
}
