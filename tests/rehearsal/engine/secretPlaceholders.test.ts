import { expect } from "chai";
import {
  secretPlaceholder,
  secretPlaceIn,
  secretsIn,
} from "../../../rehearsal/engine/secretPlaceholders";
import { dnsOf } from "../../../routing/graph/dns";
import { StackGraph } from "../../../routing/graph/stackGraph";
import { ForeignProject } from "./foreignProject";

describe("a secret of a stack's file", () => {
  it("is found in what is made of it, once each", () => {
    const text = `a ${secretPlaceholder("shop:ip")} b${secretPlaceholder("shop:hosts[0].ip")}${secretPlaceholder("shop:ip")}`;
    expect(secretsIn(text)).to.deep.equal(["shop:ip", "shop:hosts[0].ip"]);
    expect(secretsIn("[secret ] [secret")).to.deep.equal([]);
  });

  it("has another way out than one that the program makes", () => {
    expect(secretPlaceIn("dev", { records: ["192.0.2.1"] })).to.deep.equal({
      where: "kept secret by the program",
      remedy: "read `pulumi stack export --show-secrets` by --from, and keep the file safe",
    });
  });

  it("is named in the fault of a record or check, with its file, also if the program reads it as no secret", async () => {
    const project = new ForeignProject().write({
      "Pulumi.dev.yaml":
        "config:\n  aws:region: eu-west-1\n  shop:ip:\n    secure: AAAB\n  shop:name:\n    secure: AAAB\n",
      "index.js": `const pulumi = require("@pulumi/pulumi"); const aws = require("@pulumi/aws");
        const config = new pulumi.Config();
        const record = (id, name, address) => new aws.route53.Record(id, { zoneId: "Z1", name, type: "A", ttl: 60, records: [address] });
        record("kept", "kept.a.test", config.requireSecret("ip"));
        record("plain", "plain.a.test", config.require("ip"));
        record("made", "made.a.test", pulumi.secret("192.0.2.1"));
        record("named", config.requireSecret("name"), "192.0.2.1");
        new aws.route53.HealthCheck("check", { type: "TCP", port: 443, requestInterval: 30, ipAddress: config.requireSecret("ip") });`,
    });
    try {
      const { resources } = await project.evaluate();
      const dns = dnsOf(new StackGraph(resources));
      const exported =
        "read `pulumi stack export --show-secrets` by --from, and keep the file safe";
      const remedy = `set it without --secret if it is none, else ${exported}`;
      const place = `encrypted in Pulumi.dev.yaml (config shop:ip); ${remedy}`;
      expect(
        [...dns.records, ...dns.checks].flatMap(({ problems = [] }) => problems),
      ).to.have.members([
        `kept: records[0] is ${place}`,
        `plain: records[0] is ${place}`,
        `made: records[0] is kept secret by the program; ${exported}`,
        `check: ipAddress is ${place}`,
      ]);
      expect(dns.nameless?.map(({ secretName }) => secretName)).to.deep.equal([
        { where: "encrypted in Pulumi.dev.yaml (config shop:name)", remedy },
      ]);
    } finally {
      project.remove();
    }
  });
});
