import { expect } from "chai";
import { ForeignProject } from "../rehearsal/engine/foreignProject";

/** Two servers, whose TTL and check are slower than this package's program allows itself. */
const program = `
const aws = require("@pulumi/aws");
const west = { provider: new aws.Provider("west", { region: "us-west-2" }) };
const zone = new aws.route53.Zone("zone", { name: "example.net" }, west);
const check = new aws.route53.HealthCheck("check", {
  type: "HTTP_STR_MATCH", searchString: "ok", resourcePath: "/up",
  ipAddress: "198.51.100.1", port: 80, requestInterval: 10, failureThreshold: 2,
}, west);
const record = (name, type, ip, more) => new aws.route53.Record(name, {
  zoneId: zone.zoneId, name: "www.example.net", type: "A", ttl: 60, records: [ip],
  setIdentifier: name, failoverRoutingPolicies: [{ type }], ...more,
}, west);
record("first", "PRIMARY", "198.51.100.1", { healthCheckId: check.id });
record("second", "SECONDARY", "198.51.100.2");
`;

describe("another team's program, with a stack of the same name as one of this package's", function () {
  this.timeout(60_000);
  let project: ForeignProject;
  before(() => {
    project = new ForeignProject().write({
      "Pulumi.yaml": "name: failover\nruntime: nodejs\n",
      "Pulumi.prod.yaml": "",
      "index.js": program,
    });
  });
  after(() => {
    project.remove();
  });

  it("is judged by the rules for any stack, unless --profile says otherwise", async () => {
    const policy = (...more: readonly string[]) =>
      project.run("policy", "--stack", "prod", "--pack", "dns-failover", ...more);
    const { code, out } = await policy();
    expect(out).to.match(/^dns-failover \S+, levels for any stack: \d+ advisory; /m);
    expect(code).to.equal(0);
    expect((await policy("--profile", "program")).out).to.contain("dns-failover/prod.json");
  });

  it("is judged by them in a rehearsal too", async () => {
    const { code, out } = await project.run("rehearse", "--stack", "prod", "--json");
    const { stacks } = JSON.parse(out) as {
      readonly stacks: readonly { readonly policies: readonly { readonly mandatory: number }[] }[];
    };
    expect(stacks[0]?.policies.map(({ mandatory }) => mandatory)).to.deep.equal([0, 0]);
    expect(code).to.equal(0);
  });

  it("is mended in its own resources, and not by settings that it does not have", async () => {
    const objective = ["--objective", "zoneOrRegion.downtime=90"];
    const { code, out } = await project.run("repair", "--stack", "prod", ...objective);
    expect(code).to.equal(0);
    expect(out).not.to.contain("pulumi config set");
    expect(out).to.match(
      /where the program makes the resource\n +(?:first|second): ttl\n +(?:first|second): ttl\n/,
    );
  });

  for (const command of ["hold", "release --approve"]) {
    it(`has no gate, which ${command} needs, and no setting for one`, async () => {
      const [verb = "", ...more] = command.split(" ");
      const { code, err } = await project.run(verb, ...more, "--stack", "prod", "--reason", "x");
      expect([code, err]).to.deep.equal([
        2,
        `prod: must have the output gate for ${verb}, got none; only a stack of this package's program has one, and failover is another program\n`,
      ]);
    });
  }

  it("gets IAM policies, or one line with the types whose calls are not known", async () => {
    const iam = () => project.run("iam", "--stack", "prod", "--out", "policies");
    expect((await iam()).code).to.equal(0);
    project.write({
      "index.js": `${program}new aws.apprunner.Service("runner", { serviceName: "x", sourceConfiguration: {} }, west);new aws.ecs.Cluster("cluster", {}, west);`,
    });
    const { code, err } = await iam();
    expect(code).to.equal(2);
    expect(err.split("\n").at(-2)).to.equal(
      "--stack prod: must have only types and functions whose calls of AWS are known here, got aws:apprunner/service:Service, aws:ecs/cluster:Cluster; let AWS generate the policies of this program from an update's events in CloudTrail (IAM Access Analyzer)",
    );
  });
});
