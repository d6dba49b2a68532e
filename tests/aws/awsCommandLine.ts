import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathOf } from "../app/harness/parts";
import { Workshop } from "../../rehearsal/live/lamp/workshop";
import { until } from "../../rehearsal/live/lamp/waiting";

/** The AWS CLI as one process for many calls: see commandLine.py. It ends with this process. */
export class AwsCommandLine {
  private static running: Promise<AwsCommandLine> | undefined;

  private constructor(
    /** The folder with the program `aws`. */
    readonly folder: string,
  ) {}

  static async ready(): Promise<AwsCommandLine> {
    AwsCommandLine.running ??= AwsCommandLine.start();
    return AwsCommandLine.running;
  }

  private static async start(): Promise<AwsCommandLine> {
    const workshop = new Workshop();
    const folder = workshop.folder("bin");
    // Python packages may be in a home directory that "nobody" cannot read.
    workshop.start("aws", pathOf("python3"), [join(__dirname, "commandLine.py"), folder], {
      asSelf: true,
      env: { HOME: process.env["HOME"] ?? "/" },
    });
    await until("the AWS CLI is loaded", () => existsSync(join(folder, "aws")));
    return new AwsCommandLine(folder);
  }
}
