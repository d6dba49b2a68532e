import fs from "node:fs/promises";
import { expect } from "chai";
import { evaluateStack, resourcesOfBoth, zoneNotes } from "../../cli/evaluatedStack";
import { main } from "../../cli/main";
import { root } from "../conventions/sourceTree";
import { ForeignProject } from "../rehearsal/engine/foreignProject";
import { memoryIo } from "./memoryIo";

const program = (name: string): string =>
  `const aws = require("@pulumi/aws");
   const provider = new aws.Provider("west", { region: "us-west-2" });
   new aws.sns.Topic("${name}", { name: "${name}" }, { provider });\n`;

describe("a stack of a program, with zone/ below it", () => {
  const included = "Includes stack dev of the project failover-zone in zone/.";
  let project: ForeignProject;
  beforeEach(() => {
    project = new ForeignProject();
    project.write({ "index.js": program("own"), "zone/index.js": program("zones") });
  });
  afterEach(() => {
    project.remove();
  });

  /** The topics of both, and what is said of the zone's project. */
  async function topicsWith(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    project.write(files);
    const evaluated = await evaluateStack("dev", project);
    const topics = resourcesOfBoth(evaluated).filter(({ type }) => type === "aws:sns/topic:Topic");
    return [...topics.map(({ name }) => name), ...zoneNotes(evaluated)];
  }

  it("includes the stack of that name of the zone's project, and says so", async () => {
    const zone = { "zone/Pulumi.yaml": "name: failover-zone\nruntime: nodejs\n" };
    expect(await topicsWith(zone)).to.deep.equal(["own"]);
    const both = { ...zone, "zone/Pulumi.dev.yaml": "" };
    expect(await topicsWith(both)).to.deep.equal(["own", "zones", included]);
  });

  it("leaves out a project of another name, which is a program of its own", async () => {
    const other = "name: zone\nruntime: nodejs\n";
    expect(
      await topicsWith({ "zone/Pulumi.yaml": other, "zone/Pulumi.dev.yaml": "" }),
    ).to.deep.equal(["own"]);
  });

  it("is said to include it in a rehearsal, and on stderr by commands that take any source", async () => {
    const readFile = (path: string): Promise<string> => fs.readFile(path, "utf8");
    const io = { ...memoryIo(), directory: root, readFile };
    await main(["rehearse", "--stack", "dev", "--json"], io);
    const { stacks } = JSON.parse(io.out()) as {
      readonly stacks: readonly { readonly notes: readonly string[] }[];
    };
    expect(stacks[0]?.notes).to.include(included);
    const asking = { ...memoryIo(), directory: root };
    await main(["resolve", "orders.dev.cafe.com", "--stack", "dev"], asking);
    expect(asking.err()).to.equal(`${included}\n`);
  });
});
