import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { needParts } from "../app/harness/parts";
import { AwsCommandLine } from "../aws/awsCommandLine";
import { Moto } from "../aws/moto";
import { CommandLine, awsEnvironment, commandsOf } from "./runbookCommands";

const exported = readFileSync(join(__dirname, "../fixtures/dev-export.json"), "utf8");

describe("the runbook, while a region is gone", function () {
  this.timeout(120_000);
  let line: CommandLine;

  before(function () {
    needParts(this, ["bash"]);
    line = new CommandLine();
    line.write("export.json", exported);
  });
  after(() => {
    line.end();
  });

  it("gives Pulumi the region's values, and excludes its resources", async () => {
    const [outage = "", caughtUp = ""] = commandsOf("Operate while a region is gone");
    await line.run(outage);
    const [stateRead, preview, up] = line.invocations;
    const told = line.read("without-oregon.txt").trimEnd().split("\n");
    expect(told[0]).to.equal('--config=failover:unreachable={"region":"us-west-2"}');
    expect(told).to.include(
      "--exclude=urn:pulumi:dev::failover::failover:index:StaticFallbackTier$aws:s3/bucketVersioning:BucketVersioning::maintenance-versioning-orders.dev.cafe.com",
    );
    expect(stateRead).to.deep.equal("pulumi stack export --stack prod --file prod.json".split(" "));
    expect(preview).to.deep.equal(["pulumi", "preview", "--stack", "prod", ...told]);
    expect(up).to.deep.equal(["pulumi", "up", "--stack", "prod", ...told]);

    await line.run(caughtUp);
    expect(line.invocations.slice(3)).to.deep.equal([
      "pulumi config rm --stack prod failover:unreachable".split(" "),
      "pulumi preview --stack prod --refresh".split(" "),
      "pulumi up --stack prod".split(" "),
    ]);
  });
});

describe("the runbook, on the state and its key", function () {
  this.timeout(120_000);
  let moto: Moto;
  let aws: AwsCommandLine;
  let line: CommandLine;
  let started = false;

  before(async function () {
    needParts(this, ["moto_server", "aws", "python3", "bash"]);
    [moto, aws] = await Promise.all([Moto.emptied(), AwsCommandLine.ready()]);
    line = new CommandLine(awsEnvironment(moto.endpoint), [aws.folder]);
    started = true;
  });
  after(() => {
    if (!started) return;
    line.end();
  });

  it("creates the bucket and the key, and restores an earlier state, even a deleted one", async () => {
    const [making = "", login = "", getting = ""] = commandsOf(
      "Keep the state where no region of ours is",
    );
    const places = making.split("\n").slice(0, 2).join("\n");
    const object = "--region $REGION --bucket $BUCKET --key .pulumi/stacks/failover/prod.json";
    await line.run(making);
    for (const text of ["good", "bad"]) {
      line.write("state.json", text);
      await line.run(`${places}\naws s3api put-object ${object} --body state.json`);
    }
    await line.run(`${places}\naws s3api delete-object ${object}`);
    const list = getting.split("\n").slice(0, 2).join("\n");
    const versions = (await line.run(`${places}\n${list}`)).trim().split("\n");
    expect(versions.length).to.equal(2);
    const [VERSION = ""] = versions.at(-1)?.split("\t") ?? [];
    await line.run(`${places}\n${getting}`, { VERSION });
    await line.run(`${places}\naws s3api get-object ${object} now.json`);
    expect(line.read("now.json")).to.equal("good");

    const aliases = await line.run("aws kms list-aliases --region ca-central-1 --output text");
    expect(aliases).to.contain("alias/pulumi-secrets");
    await line.run(login);
    expect(line.invocations).to.deep.equal([
      ["pulumi", "login", "s3://cafe-failover-state?region=ca-central-1"],
      [
        ..."pulumi stack init prod --secrets-provider".split(" "),
        "awskms://alias/pulumi-secrets?region=ca-central-1",
      ],
    ]);
  });
});
