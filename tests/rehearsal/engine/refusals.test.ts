import { expect } from "chai";
import { errorOf, evaluateFixture, faultsOf, projectDirectory } from "./fixtureProgram";

const row = "add the missing output to the row of its type in rehearsal/engine/awsOutputs.ts";

describe("the offline evaluation refuses", function () {
  function refused(program: string, stack = "dev"): Promise<readonly string[]> {
    return faultsOf(evaluateFixture(program, { stack }));
  }

  it("two resources with one URN", async () => {
    expect(await refused("sameUrn")).to.deep.equal([
      "urn:pulumi:dev::cafe::aws:ec2/eip:Eip::address: registered twice; rename one of the two",
    ]);
  });

  it("the default aws provider, for a resource and for a call", async () => {
    expect(await refused("defaultProvider")).to.have.members([
      "aws:ec2/eip:Eip address: uses the default aws provider, which pulumi:disable-default-providers forbids; " +
        "pass a provider, or a parent that has one",
      "aws:index/getCallerIdentity:getCallerIdentity: uses the default aws provider, " +
        "which pulumi:disable-default-providers forbids; pass a provider, or a parent that has one",
    ]);
  });

  it("the default aws provider, even if the stack does not disable it, unless it sets a region", async () => {
    const why = "whose region is unknown, because the stack sets no aws:region";
    const faults = await refused("defaultProvider", "open");
    expect(faults).to.have.lengthOf(2);
    for (const fault of faults)
      expect(fault).to.include(
        `uses the default aws provider, ${why}; pulumi config set aws:region`,
      );
  });

  it("any default provider that the stack disables, and no other", async () => {
    await evaluateFixture("awsxProvider", { stack: "dev" });
    expect(await refused("awsxProvider", "prod")).to.deep.equal([
      "awsx:ec2:Vpc network: uses the default awsx provider, " +
        "which pulumi:disable-default-providers forbids; pass a provider, or a parent that has one",
    ]);
  });

  it("an aws provider without a region", async () => {
    expect(await refused("providerWithoutRegion")).to.deep.equal([
      "pulumi:providers:aws somewhere: has no region, and the environment's is ignored; " +
        "set one",
    ]);
  });

  it("unsupported calls, with their arguments, and no consequences of them", async () => {
    expect(await refused("unforeseenCall")).to.have.members([
      "aws:ec2/getVpc:getVpc: this call has no answer offline, " +
        'got {"default":true}; ' +
        "add a row for it to rehearsal/engine/awsInvokes.ts",
      "aws:ssm/getParameter:getParameter: this call has no answer offline, " +
        'got {"name":"/cafe/password"}; add a row for it to rehearsal/engine/awsInvokes.ts',
      "pulumi:providers:aws/terraformConfig: methods of resources cannot be called " +
        "offline; remove the call",
    ]);
  });

  it("an unsupported call, if the program fails without its answer", async () => {
    const error = await errorOf(evaluateFixture("needsAnswer"));
    expect(error.message).to.equal(
      "aws:index/getAvailabilityZones:getAvailabilityZones: this call has no answer offline, " +
        'got {"allAvailabilityZones":true}; add a row for it to rehearsal/engine/awsInvokes.ts',
    );
    expect(error.cause)
      .to.have.property("message")
      .that.includes("the program needs names[0].toUpperCase at once");
  });

  it("another stack whose outputs were not given, with a code for programs", async () => {
    const error = await errorOf(evaluateFixture("otherStack"));
    expect(error).to.have.property("code", "program-not-evaluable");
    expect(error.message).to.equal(
      "pulumi:pulumi:StackReference cafe/failover/prod: the outputs of stack cafe/failover/prod " +
        "are not known offline; give them in lookups.dev.json",
    );
  });

  it("a resource type without a row, but not its dependents", async () => {
    expect(await refused("unknownType")).to.deep.equal([
      "aws:kinesis/stream:Stream orders: this type is not known offline; " +
        "add a row for it to rehearsal/engine/awsOutputs.ts",
    ]);
  });

  it("an output that is used and not supplied, with the full path of the input that lacks it", async () => {
    expect(await refused("missingOutput")).to.have.members([
      "aws:route53/record:Record www: inputs.records[1] is not known after deployment, " +
        `it comes from aws:ec2/eip:Eip address; ${row}`,
      "aws:ec2/securityGroup:SecurityGroup web: inputs.ingress[0].self is not known after " +
        `deployment, it comes from aws:ec2/instance:Instance web; ${row}`,
    ]);
  });

  it("the text of an Output in place of its value", async () => {
    const text = "contains the text of an Output in place of its value";
    const remedy = "use pulumi.interpolate or pulumi.jsonStringify";
    const subject = "aws:route53/healthCheck:HealthCheck check";
    expect(await refused("outputTexts")).to.have.members([
      `${subject}: inputs.tags.Name ${text}; ${remedy}`,
      `${subject}: inputs.triggers.alarm ${text}; ${remedy}`,
    ]);
  });

  it("an output that is exported and not supplied, but not the unset ones of a whole resource", async () => {
    expect(await refused("missingExport")).to.deep.equal([
      "pulumi:pulumi:Stack cafe-dev: outputs.nested.delegation[0] is not known after deployment; " +
        row,
    ]);
  });

  it("a remote component without an expansion", async () => {
    expect(await refused("remoteComponent")).to.deep.equal([
      "awsx:ec2:DefaultVpc default: the children of this remote component are not known offline; " +
        "expand it in rehearsal/engine, as awsxVpc.ts does",
    ]);
  });

  it("arguments of a Vpc that the expansion does not cover, all at once", async () => {
    const remedy = "remove it, or add it to rehearsal/engine/awsxVpcPlan.ts";
    expect(await refused("vpcArguments")).to.deep.equal([
      "awsx:ec2:Vpc network: vpcEndpointSpecs is not expanded offline, " +
        `got [{"serviceName":"com.amazonaws.us-west-2.s3"}]; ${remedy}`,
      "awsx:ec2:Vpc network: numberOfAvailabilityZones must be at most 3, as further zones of the region " +
        "are not known offline, got 4; give availabilityZoneNames",
      'awsx:ec2:Vpc network: subnetStrategy must be Auto with subnetSpecs; say "Auto"',
      "awsx:ec2:Vpc network: natGateways is not expanded offline, got " +
        '{"elasticIpAllocationIds":["eipalloc-1"],"strategy":"Single"}; ' +
        'give only a strategy, "None", "OnePerAz" or "Single"',
      'awsx:ec2:Vpc network: cidrBlock must be an IPv4 block, got "2001:db8::/56"; ' +
        'give one such as "10.0.0.0/16"',
      'awsx:ec2:Vpc network: subnetSpecs[0].type is unknown, got "Unused"; ' +
        "use one of Public, Private, Isolated",
      `awsx:ec2:Vpc network: subnetSpecs[1].size is not expanded offline, got 256; ${remedy}`,
    ]);
  });

  it("subnets that are no list, do not fit, or are all public behind NAT gateways", async () => {
    const subject = "awsx:ec2:Vpc";
    expect(await refused("vpcSubnets")).to.have.members([
      `${subject} none: subnetSpecs must be a list, got []; name the subnets of each availability zone`,
      `${subject} large: subnetSpecs do not fit, got "10.0.0.0/24"; ` +
        "give larger masks, or a larger cidrBlock",
      `${subject} public: natGateways.strategy needs public subnets for the gateways and private ` +
        'ones behind them, got "OnePerAz"; give both, or set "None"',
      `${subject} later: tags must be known, got "<computed>"; give a plain object`,
      `${subject} later: subnetSpecs[0] must be an object, got "<computed>"; give a type`,
    ]);
  });

  it("transforms, which need an engine to call back", async () => {
    expect(await refused("transforms")).to.deep.equal([
      "program: uses transforms, which the offline evaluation does not provide",
    ]);
  });

  it("a program that waits forever, once nothing is left that could resume it", async () => {
    const faults = refused("neverSettles");
    // Node sends this event when the event loop is empty; mocha's own timer prevents that.
    const nudge = setInterval(() => process.emit("beforeExit", 0), 50);
    const told = await faults.finally(() => {
      clearInterval(nudge);
    });
    expect(told).to.deep.equal([
      "tests/rehearsal/engine/fixtures/programs/neverSettles.ts: waits for a promise that never " +
        "resolves; look for an unresolved promise, or for resources that depend on each other",
    ]);
  });

  it("a missing program", async () => {
    const error = await errorOf(
      evaluateFixture("x", { programPath: `${projectDirectory}/none.ts` }),
    );
    expect(error.message).to.equal(
      "program: no such file: tests/rehearsal/engine/fixtures/project/none.ts; " +
        "name one that exists",
    );
  });
});
