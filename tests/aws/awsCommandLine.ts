import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathOf } from "../app/harness/parts";
import { Workshop } from "../../rehearsal/live/lamp/workshop";
import { until } from "../../rehearsal/live/lamp/waiting";

/** The AWS CLI as one process for many calls: see commandLine.py. */
export class AwsCommandLine {
  private constructor(
    private readonly workshop: Workshop,
    /** The folder with the program `aws`. */
    readonly folder: string,
  ) {}

  static async start(): Promise<AwsCommandLine> {
    const workshop = new Workshop();
    const folder = workshop.folder("bin");
    // Python packages may be in a home directory that "nobody" cannot read.
    workshop.start("aws", pathOf("python3"), [join(__dirname, "commandLine.py"), folder], {
      asSelf: true,
      env: { HOME: process.env["HOME"] ?? "/" },
    });
    await until("the AWS CLI is loaded", () => existsSync(join(folder, "aws")));
    return new AwsCommandLine(workshop, folder);
  }

  async end(): Promise<void> {
    await this.workshop.close();
  }
}
