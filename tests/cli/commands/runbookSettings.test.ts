import { expect } from "chai";
import { main } from "../../../cli/main";
import type { RunbookOutput } from "../../../cli/runbook";
import { ForeignProject } from "../../rehearsal/engine/foreignProject";
import { memoryIo } from "../memoryIo";

/** A pair whose program takes its TTL from a setting. */
const program = `
  const aws = require("@pulumi/aws");
  const { Config } = require("@pulumi/pulumi");
  const ttl = new Config().requireNumber("ttl");
  const zone = new aws.route53.Zone("zone", { name: "a.test" });
  const watched = { type: "HTTP", ipAddress: "8.8.4.1", port: 80, requestInterval: 30, failureThreshold: 3 };
  const check = new aws.route53.HealthCheck("check", watched);
  const member = (type, address, more) =>
    new aws.route53.Record(type, { zoneId: zone.zoneId, name: "www.a.test", type: "A", ttl, records: [address],
      setIdentifier: type, failoverRoutingPolicies: [{ type }], ...more });
  member("PRIMARY", "8.8.4.1", { healthCheckId: check.id });
  member("SECONDARY", "8.8.4.2", {});
`;
const runbook = [
  "pulumi config set ttl 600 && pulumi up --yes",
  "pulumi up --config shop:ttl=30",
  "pulumi config set ttl none",
  "aws route53 update-health-check --health-check-id check --disabled",
];

describe("failover policy --runbook of another team's program", () => {
  it("evaluates it with the settings of the runbook, and offers no gate", async () => {
    const project = new ForeignProject().write({
      "index.js": program,
      "Pulumi.dev.yaml": "config:\n  aws:region: us-west-2\n  shop:ttl: 60\n",
    });
    try {
      const io = memoryIo({ files: { "run.sh": runbook.join("\n") } });
      const argv = ["policy", "--stack", "dev", "--runbook", "run.sh", "--json"];
      const code = await main(argv, { ...io, directory: project.directory });
      const { commands } = JSON.parse(io.out()) as RunbookOutput;
      expect(commands.map(({ line, verdict }) => [line, verdict])).to.deep.equal([
        [1, "harmful"],
        [2, "harmless"],
        [3, "unknown"],
        [4, "harmful"],
      ]);
      expect(commands[0]?.why.join()).to.include("184 s → 724 s (www.a.test A)");
      expect(commands[2]?.why.join()).to.include("ttl");
      expect(commands[3]?.instead).to.match(/^aws route53 update-health-check/);
      expect(code).to.equal(1);
    } finally {
      project.remove();
    }
  });
});
