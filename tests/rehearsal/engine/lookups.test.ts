import { expect } from "chai";
import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import { givenResult } from "../../../rehearsal/engine/lookups";
import type { Resource } from "../../../routing/graph/resource";
import { ForeignProject } from "./foreignProject";

const imports = `const pulumi = require("@pulumi/pulumi"); const aws = require("@pulumi/aws");\n`;

/** A program of which nothing more than this is asked: a record of each value. */
const records = (zoneId: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(
      ([name, value]) =>
        `new aws.route53.Record("${name}", { zoneId: ${zoneId}, name: "${name}.a.test", type: "A", ttl: 60, records: [${value}] });\n`,
    )
    .join("");

const ofVpc = `{ filters: [{ name: "vpc-id", values: [vpc.id] }] }`;
const vpcLookup = 'aws:ec2/getVpc:getVpc {"default":true}';

describe("the look-ups of another team's program", () => {
  let project: ForeignProject;

  beforeEach(() => {
    project = new ForeignProject().write({
      "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
    });
  });
  afterEach(() => {
    project.remove();
  });

  function evaluated(program: string): Promise<Evaluation> {
    return project.write({ "index.js": imports + program }).evaluate();
  }

  function named({ resources }: Evaluation, name: string): Resource {
    const found = resources.find((resource) => resource.custom && resource.name === name);
    if (!found) throw new Error(`no resource ${name}`);
    return found;
  }

  describe("without an answer", () => {
    it("are unknown in each form, and are named once, without what comes of them", async () => {
      const forms = [
        `const vpc = aws.ec2.getVpcOutput({ default: true });
         const subnets = aws.ec2.getSubnetsOutput(${ofVpc});
         new aws.lb.LoadBalancer("front", { subnets: subnets.ids });
         new aws.ec2.SecurityGroup("web", { vpcId: vpc.id, tags: { Of: vpc.tags.Name } });`,
        `module.exports = async () => {
           await aws.ec2.getVpc({ default: true });
           const vpc = await aws.ec2.getVpc({ default: true });
           const { ids: subnets } = await aws.ec2.getSubnets(${ofVpc});
           new aws.lb.LoadBalancer("front", { subnets: subnets || [] });
           new aws.ec2.SecurityGroup("web", { vpcId: vpc.id, tags: { Of: \`\${vpc.tags.Name}-web\` } });
         };`,
        `const vpc = aws.ec2.getVpc({ default: true });
         const subnets = vpc.then((vpc) => aws.ec2.getSubnets(${ofVpc}));
         new aws.lb.LoadBalancer("front", { subnets: subnets.then(({ ids }) => ids) });
         new aws.ec2.SecurityGroup("web", { vpcId: pulumi.output(vpc).id, tags: { Of: vpc.then(({ tags }) => tags.Name) } });`,
      ];
      for (const form of forms) {
        const evaluation = await evaluated(form);
        expect(evaluation.gaps).to.deep.equal([vpcLookup]);
        expect(evaluation.lookups).to.deep.equal([vpcLookup]);
        expect(named(evaluation, "front").unknown).to.deep.include({
          "inputs.subnets": "computed",
        });
        expect(named(evaluation, "web").unknown).to.deep.include({
          "inputs.vpcId": "computed",
          "inputs.tags.Of": "computed",
        });
      }
    });

    it("run no apply, as at a preview", async () => {
      const { resources } = await evaluated(
        `aws.secretsmanager.getSecretVersionOutput({ secretId: "a" }).apply(({ secretString }) =>
           new aws.ec2.Eip(JSON.parse(secretString).name));`,
      );
      expect(resources.filter(({ type }) => type.startsWith("aws:"))).to.deep.equal([]);
    });

    it("are unknown in what the program exports", async () => {
      const { outputs, gaps } = await evaluated(
        `const vpc = aws.ec2.getVpc({ default: true });
         module.exports = { vpc: vpc.then(({ id }) => id), all: [vpc], nested: vpc.then((vpc) => ({ is: { id: vpc.id, name: "a" } })) };`,
      );
      expect(gaps).to.deep.equal([vpcLookup]);
      expect(JSON.parse(JSON.stringify(outputs))).to.deep.equal({
        vpc: { reason: "computed" },
        all: [{ reason: "computed" }],
        nested: { is: { id: { reason: "computed" }, name: "a" } },
      });
    });

    it("refuse a program that cannot go on, with the look-up and what it needs of it", async () => {
      const needs = "at once, which is not known offline; give it in lookups.dev.json";
      project.write({
        "index.js": `${imports} module.exports = async () => {
          const { id } = await aws.ec2.getVpc({ default: true });
          const { ids } = await aws.ec2.getSubnets({ filters: [{ name: "vpc-id", values: [id] }], tags: { a: "b" } });
          return ids.map((subnetId) => new aws.ec2.Instance(subnetId, { subnetId }));
        };`,
      });
      // An entry of the file cannot have the unknown argument.
      expect((await project.faults())[0]).to.equal(
        `aws:ec2/getSubnets:getSubnets {"tags":{"a":"b"}}: the program needs ids.map ${needs}`,
      );
      project.write({
        "index.js": `${imports} module.exports = async () => {
          const { id } = await aws.ec2.getVpc({ default: true });
          new aws.ec2.Eip(\`of-\${id}\`);
        };`,
      });
      expect((await project.faults())[0]).to.equal(
        "aws:ec2/eip:Eip: the name of a resource is made of what is not known offline; give that in lookups.dev.json",
      );
    });

    it("refuse a program that takes a text apart, which would give it an error or no number", async () => {
      const reading = (use: string): Promise<readonly string[]> =>
        project
          .write({
            "index.js": `${imports} module.exports = async () => {
              const { value } = await aws.ssm.getParameter({ name: "/a" });
              try { return ${use}; } catch { return 1; }
            };`,
          })
          .faults();
      const needs = "which is not known offline; give it in lookups.dev.json";
      for (const use of ["JSON.parse(value)", "parseInt(value, 10) || 10"]) {
        expect((await reading(use))[0], use).to.equal(
          `aws:ssm/getParameter:getParameter {"name":"/a"}: the program needs value at once, ${needs}`,
        );
      }
      expect((await reading("Number.parseFloat(`${value}.5`)"))[0]).to.equal(
        "parseFloat: the program gives it a text that is made of what is not known offline; give that in lookups.dev.json",
      );
    });

    it("are refused even if the program handles the error", async () => {
      project.write({
        "index.js": `${imports} module.exports = async () => {
          const { ids } = await aws.ec2.getSubnets({});
          for (const _ of [1, 2]) try { return ids.length; } catch {}
        };`,
      });
      const faults = await project.faults();
      expect(faults[0]).to.include("the program needs ids.length at once");
      expect(faults[1]).to.match(/^stack dev: what cannot be known offline, Pulumi knows/);
    });

    it("leave a record of a private zone out of a public one", async () => {
      const zone = (more: string): string =>
        `aws.route53.getZoneOutput({ name: "a.test"${more} }).zoneId`;
      await evaluated(
        `const inside = ${zone(", privateZone: true")}; const outside = ${zone("")};
         new aws.route53.Record("in", { zoneId: inside, name: "www.a.test", type: "A", ttl: 60, records: ["10.0.0.1"] });
         new aws.route53.Record("out", { zoneId: outside, name: "www.a.test", type: "A", ttl: 60, records: ["192.0.2.1"] });`,
      );
      const { code, err } = await project.run("resolve", "www.a.test", "--stack", "dev");
      expect(code).to.equal(2);
      expect(err).to.match(/www\.a\.test: several zones have it, got <computed>, Z[0-9A-F]{20};/);
    });

    it("make the target of an alias unknown in the answer, neither healthy nor unhealthy", async () => {
      await evaluated(
        `const front = aws.lb.getLoadBalancerOutput({ name: "shared" });
         const common = { zoneId: aws.route53.getZoneOutput({ name: "a.test" }).zoneId, name: "www.a.test", type: "A" };
         new aws.route53.Record("primary", { ...common, setIdentifier: "1", failoverRoutingPolicies: [{ type: "PRIMARY" }], aliases: [{ name: front.dnsName, zoneId: front.zoneId, evaluateTargetHealth: true }] });
         new aws.route53.Record("secondary", { ...common, setIdentifier: "2", failoverRoutingPolicies: [{ type: "SECONDARY" }], ttl: 60, records: ["192.0.2.1"] });`,
      );
      const { code, out, err } = await project.run("resolve", "www.a.test", "--stack", "dev");
      expect(code).to.equal(2);
      expect(out).to.equal(
        [
          "Unknown: target-of-primary: its name is unknown",
          "If target-of-primary is healthy:",
          "  www.a.test 60 A <target-of-primary>",
          "    www.a.test A [1]: primary, its target is taken to be healthy",
          "Else:",
          "  www.a.test 60 A 192.0.2.1",
          "    www.a.test A [2]: secondary, always healthy because it has no check; 1 is unhealthy: <target-of-primary> is unhealthy",
          "To settle it: --assume target-of-primary=healthy or =unhealthy.",
          "",
        ].join("\n"),
      );
      const proof = await project.run("prove", "--stack", "dev");
      expect(proof.out).to.match(/^ {2}unknown +a dead answer while an endpoint works$/m);
      expect(proof.out).not.to.match(/^ {2}(?:violation|holds)/m);
      expect(err).to.equal(
        'stack dev: not known offline, so unknown here: aws:lb/getLoadBalancer:getLoadBalancer {"name":"shared"}. ' +
          "What the program makes of these in an apply is missing. In a condition, what a look-up returns is there and equals nothing; " +
          "lookups.dev.json can say what it is. Pulumi knows it: pulumi preview --stack dev --json > preview.json, " +
          "then --from preview.json in place of --stack dev.\n",
      );
    });
  });

  describe("of another stack", () => {
    const reference = `const network = new pulumi.StackReference("acme/network/prod");\n`;
    const lookup = "pulumi:pulumi:StackReference acme/network/prod";

    it("are unknown, in the methods that return a value at once as well", async () => {
      const evaluation = await evaluated(
        `${reference} module.exports = async () => {
           const domain = await network.requireOutputValue("domain");
           const { value } = await network.getOutputDetails("address");
           const zoneId = network.requireOutput("zoneId");
           new aws.route53.Record("www", { zoneId, name: \`www.\${domain}\`, type: "A", ttl: 60, records: [value.ip, network.getOutput("other")] });
         };`,
      );
      expect(evaluation.gaps).to.deep.equal([lookup]);
      expect(named(evaluation, "www").unknown).to.deep.equal({
        "inputs.zoneId": "computed",
        "inputs.name": "computed",
        "inputs.records[0]": "computed",
        "inputs.records[1]": "computed",
        "outputs.zoneId": "computed",
        "outputs.name": "computed",
        "outputs.records[0]": "computed",
        "outputs.records[1]": "computed",
      });
    });

    it("leave a record of an unknown name out of each answer, and the command says so", async () => {
      await evaluated(
        `${reference} const domain = network.requireOutput("domain");
         ${records('"Z1"', { www: '"192.0.2.1"' })}
         new aws.route53.Record("api", { zoneId: "Z1", name: pulumi.interpolate\`api.\${domain}\`, type: "A", ttl: 60, records: ["192.0.2.2"] });`,
      );
      const { out, err } = await project.run("resolve", "www.a.test", "--stack", "dev");
      expect(out).to.match(/^www\.a\.test 60 A 192\.0\.2\.1\n/);
      expect(err).to.include(
        " No answer has the records whose name is unknown: api. In a condition",
      );
    });

    it("refuse a program that cannot go on, with the output", async () => {
      project.write({
        "index.js": `${imports}${reference} module.exports = async () =>
          (await network.getOutputValue("domain")).split(".");`,
      });
      expect((await project.faults())[0]).to.equal(
        `${lookup}: the program needs domain.split at once, which is not known offline; give it in lookups.dev.json`,
      );
    });
  });

  describe("that Pulumi answers in other ways", () => {
    it("are unknown: an existing resource without a row, by an id that is looked up, or a method", async () => {
      const evaluation = await evaluated(
        `class Cluster extends pulumi.CustomResource {
           constructor() { super("k:m:Cluster", "cluster", {}); }
           host() { return pulumi.runtime.call("k:m:Cluster/host", { __self__: this }, this).host; }
         }
         const cache = aws.memorydb.Cluster.get("cache", "cache");
         const group = aws.ec2.SecurityGroup.get("group", aws.ec2.getSecurityGroupOutput({ name: "a" }).id);
         ${records('"Z1"', {
           cache: "cache.clusterEndpoints[0].address",
           group: "group.arn",
           host: "new Cluster().host()",
         })}`,
      );
      for (const name of ["cache", "host"]) {
        const record = evaluation.resources.find(
          (one) => one.name === name && one.type.includes("Record"),
        );
        expect(record?.unknown, name).to.deep.include({ "inputs.records[0]": "computed" });
      }
      expect(evaluation.gaps).to.have.members([
        "aws:memorydb/cluster:Cluster cache",
        'aws:ec2/getSecurityGroup:getSecurityGroup {"name":"a"}',
        "k:m:Cluster cluster",
        "k:m:Cluster/host",
      ]);
      const group = named(evaluation, "group");
      expect(group).not.to.have.property("id");
      expect(group.outputs).not.to.have.property("arn");
    });

    it("are unknown: what a remote component or a dynamic resource has, without its dependents", async () => {
      const { gaps } = await evaluated(
        `const awsx = require("@pulumi/awsx");
         const vpc = new awsx.ec2.Vpc("main", { numberOfAvailabilityZones: 4 });
         new aws.lb.LoadBalancer("front", { subnets: vpc.publicSubnetIds });
         new aws.lb.LoadBalancer("back", { subnets: new awsx.ec2.DefaultVpc("default").publicSubnetIds });
         const provider = { create: async (inputs) => ({ id: "1", outs: inputs }) };
         class Answer extends pulumi.dynamic.Resource { constructor() { super(provider, "answer", { ip: undefined }); } }
         ${records('"Z1"', { www: "new Answer().ip" })}`,
      );
      expect(gaps).to.have.members([
        "awsx:ec2:Vpc main",
        "awsx:ec2:DefaultVpc default",
        "pulumi-nodejs:dynamic:Resource answer",
      ]);
    });
  });

  describe("that the tables know", () => {
    it("have AWS's constants, and of the rest the part that follows from the arguments", async () => {
      const { outputs, gaps } = await evaluated(
        `const one = (args) => aws.lb.getHostedZoneIdOutput(args).id;
         const bucket = aws.s3.getBucketOutput({ bucket: "a" });
         const zone = aws.route53.getZone({ zoneId: "Z0123456789ABCDEFGHIJ" });
         const front = new aws.lb.LoadBalancer("front", { loadBalancerType: "network" });
         module.exports = {
           application: one({}), network: one({ loadBalancerType: "network" }), own: front.zoneId,
           elsewhere: one({ region: "us-east-1" }), classic: aws.elb.getHostedZoneIdOutput().id,
           bucket: [bucket.arn, bucket.hostedZoneId], zone: zone.then(({ id, name }) => [id, name]),
           zones: aws.getAvailabilityZones({ filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }] }).then(({ names }) => names),
         };`,
      );
      // Of these the program reads what is not known.
      expect(gaps).to.deep.equal([
        'aws:route53/getZone:getZone {"zoneId":"Z0123456789ABCDEFGHIJ"}',
        'aws:s3/getBucket:getBucket {"bucket":"a"}',
      ]);
      const unknown = { reason: "computed" };
      expect(JSON.parse(JSON.stringify(outputs))).to.deep.equal({
        application: "Z32O12XQLNTSW2",
        network: "Z2IFOLAFXWLO4F",
        own: "Z2IFOLAFXWLO4F",
        elsewhere: "Z35SXDOTRQ7X7K",
        classic: "Z32O12XQLNTSW2",
        bucket: ["arn:aws:s3:::a", unknown],
        zone: ["Z0123456789ABCDEFGHIJ", unknown],
        zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      });
    });
  });

  describe("whose answers the team gives", () => {
    it("have them, of the first entry with those arguments, and of another stack", async () => {
      project.write({
        "lookups.dev.json": JSON.stringify({
          calls: [
            {
              token: "aws:ec2/getSubnets:getSubnets",
              args: { tags: { tier: "data" } },
              result: { ids: ["subnet-9"] },
            },
            { token: "aws:ec2/getSubnets:getSubnets", result: { ids: ["subnet-1", "subnet-2"] } },
            { token: "aws:index/getRegion:getRegion", result: { region: "eu-west-3" } },
          ],
          stacks: { "acme/network/prod": { zoneId: "Z1", domain: "a.test", password: "[secret]" } },
        }),
      });
      const evaluation = await evaluated(
        `module.exports = async () => {
           const network = new pulumi.StackReference("acme/network/prod");
           const { ids } = await aws.ec2.getSubnets({});
           const data = await aws.ec2.getSubnets({ tags: { tier: "data" } });
           ids.map((subnetId) => new aws.ec2.NatGateway(subnetId, { subnetId }));
           const { id: vpcId } = await aws.ec2.getVpc({});
           const { ids: inside } = await aws.ec2.getSubnets({ filters: [{ name: "vpc-id", values: [vpcId] }] });
           const [domain, region] = [await network.requireOutputValue("domain"), await aws.getRegion()];
           return { data: data.ids, inside: inside.length, domain, zoneId: network.getOutput("zoneId"), password: network.getOutput("password"), region: region.region, name: region.endpoint };
         };`,
      );
      expect(evaluation.gaps).to.have.members([
        "aws:ec2/getVpc:getVpc",
        "aws:index/getRegion:getRegion",
      ]);
      expect(JSON.parse(JSON.stringify(evaluation.outputs))).to.deep.equal({
        data: ["subnet-9"],
        inside: 2,
        domain: "a.test",
        zoneId: "Z1",
        password: { reason: "encrypted" },
        region: "eu-west-3",
        name: { reason: "computed" },
      });
      expect(named(evaluation, "subnet-2").inputs).to.deep.equal({ subnetId: "subnet-2" });
    });

    it("are refused if the file is broken, with all its faults", async () => {
      project.write({ "index.js": imports, "lookups.dev.json": "{" });
      const [fault] = await project.faults();
      expect(fault).to.match(/^lookups\.dev\.json: must be JSON, got .+; write it again$/);
      const broken: readonly (readonly [unknown, readonly string[]])[] = [
        [[], ["lookups.dev.json: must be an object, got []; write calls and stacks"]],
        [
          { call: [], calls: {}, stacks: [] },
          [
            "lookups.dev.json: call is no field; use calls and stacks",
            "lookups.dev.json: calls must be a list, got {}; list the calls",
            "lookups.dev.json: stacks must be an object, got []; write outputs by the name of their stack",
          ],
        ],
        [
          { calls: [1, { name: "a", args: [], result: "b" }], stacks: { a: 1 } },
          [
            "lookups.dev.json: calls[0] must be an object, got 1; write token, args and result",
            "lookups.dev.json: calls[1].name is no field; use token, args and result",
            "lookups.dev.json: calls[1].token must be a text, got null; write one such as aws:ec2/getVpc:getVpc",
            "lookups.dev.json: calls[1].args must be an object, got []; write arguments by name",
            'lookups.dev.json: calls[1].result must be an object, got "b"; write fields by name',
            'lookups.dev.json: stacks["a"] must be an object, got 1; write what this prints: pulumi stack output --json --stack a',
          ],
        ],
      ];
      for (const [content, faults] of broken) {
        project.write({ "lookups.dev.json": JSON.stringify(content) });
        expect(await project.faults()).to.deep.equal(faults);
      }
    });

    it("fit a call that has all given arguments, and may have others", () => {
      const calls = [{ token: "a", args: { b: { c: [1] } }, result: { d: 1 } }];
      expect(givenResult(calls, "a", { b: { c: [1] }, e: 2 })).to.deep.equal({ d: 1 });
      expect(givenResult(calls, "a", { b: { c: [2] } })).to.equal(undefined);
      expect(givenResult(calls, "b", { b: { c: [1] } })).to.equal(undefined);
    });
  });
});
