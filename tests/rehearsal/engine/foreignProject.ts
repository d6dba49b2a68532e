/** A project of another team: a folder of its own, with the packages that it has installed. */
import { execFile } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { evaluate } from "../../../rehearsal/engine/evaluate";
import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import { compiled } from "../../childProcess";
import { root } from "../../conventions/sourceTree";
import { faultsOf } from "./fixtureProgram";

/** The outputs of a command, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export class ForeignProject {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), "foreign-project-")));

  /**
   * @param packages those installed, besides Pulumi's
   * @param ofPulumi those of Pulumi, if not all are
   */
  constructor(packages: readonly string[] = [], ofPulumi: readonly string[] = [""]) {
    for (const name of [...ofPulumi.map((one) => join("@pulumi", one)), ...packages]) {
      const link = join(this.directory, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, "node_modules", name), link);
    }
    this.write({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.dev.yaml": "",
      "package.json": "{}",
    });
  }

  write(files: Readonly<Record<string, string>>): this {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.directory, path)), { recursive: true });
      writeFileSync(join(this.directory, path), text);
    }
    return this;
  }

  withoutStacks(): this {
    for (const file of readdirSync(this.directory).filter((one) =>
      /^Pulumi\..+\.yaml$/.test(one),
    )) {
      rmSync(join(this.directory, file));
    }
    return this;
  }

  evaluate(): Promise<Evaluation> {
    return evaluate({ projectDirectory: this.directory, stack: "dev" });
  }

  /** The faults of an evaluation, with paths from the folder. */
  async faults(): Promise<readonly string[]> {
    const faults = await faultsOf(this.evaluate());
    return faults.map((fault) => fault.replaceAll(`${this.directory}/`, ""));
  }

  /** Runs the compiled command in the folder: tests compile TypeScript for themselves, and are in its stacks. */
  run(...args: readonly string[]): Promise<Ran> {
    return new Promise((resolve) => {
      const command = [compiled("cli/failover.ts"), ...args];
      execFile(process.execPath, command, { cwd: this.directory }, (error, out, err) => {
        resolve({ code: Number(error?.code ?? 0), out, err });
      });
    });
  }

  /** The text of a file that a command has written into the folder. */
  read(path: string): string {
    return readFileSync(join(this.directory, path), "utf8");
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
