import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import {
  actionsFor,
  actionsOf,
  operations,
  preflightActions,
  statusActions,
  takesNoResource,
} from "../../../aws/permissions/actions";
import { deployerPolicies } from "../../../aws/permissions/deployerPolicies";
import type { PolicyDocument } from "../../../aws/permissions/policyDocument";
import { policyCharactersMax } from "../../../aws/permissions/policyDocument";
import { filesFor } from "../../../cli/commands/iam";
import { evaluateOptions } from "../../../cli/evaluatedStack";
import type { Evaluation } from "../../../rehearsal/engine/evaluate";
import { StackGraph } from "../../../routing/graph/stackGraph";
import { needModels } from "../../program/awsModels/python";
import { rows } from "../../program/awsModels/subjects";
import { itWithEveryCase } from "../../sampled";
import { allows } from "./allows";
import type { Request } from "./allows";
import { notCalled } from "./notCalled";
import { findingsOf, handlerActions, kindsOf } from "./reference";
import { ofAllAlarms, requestsOf } from "./requests";
import { schemaTypes } from "./schemaTypes";

const root = join(__dirname, "../../..");
const stacks = ["prod", "dev"] as const;
const projects = ["program", "zone"] as const;

describe("the actions of an update", function () {
  this.timeout(120_000);

  it("are known for every type that the program can create", () => {
    const unknown = Object.keys(rows).filter((type) => actionsOf(type) === undefined);
    expect(unknown).to.deep.equal([]);
  });

  it("are single ones, without a star", () => {
    const actions = actionsFor(Object.keys(rows));
    expect(actions.filter((one) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(one))).to.deep.equal([]);
    expect(actions).to.include.members(["ec2:RunInstances", "s3:PutObject", "iam:PassRole"]);
  });

  it("are split by operation, and unknown for a type without an entry", () => {
    expect(actionsOf("aws:cloudfront/originAccessControl:OriginAccessControl")).to.deep.equal({
      create: ["cloudfront:CreateOriginAccessControl"],
      read: ["cloudfront:GetOriginAccessControl"],
      update: ["cloudfront:UpdateOriginAccessControl"],
      delete: ["cloudfront:DeleteOriginAccessControl"],
    });
    expect(actionsOf("aws:kinesis/stream:Stream")).to.equal(undefined);
    expect(actionsOf("cafe:index:Anything")).to.deep.equal({
      create: [],
      read: [],
      update: [],
      delete: [],
    });
  });

  it("include all that AWS's own handlers call, except those listed with a reason", function () {
    needModels(this);
    const handlers = handlerActions([...new Set(Object.values(schemaTypes))]);
    const ours = new Set(actionsFor(Object.keys(rows)));
    const theirs = Object.values(handlers).flatMap((one) => Object.values(one).flat());
    const others = [...new Set(theirs)].filter((action) => !ours.has(action)).sort();
    const unexplained = others.filter((one) => !notCalled.some(({ actions }) => actions.test(one)));
    expect(unexplained).to.deep.equal([]);
    const past = notCalled.filter(({ actions }) => !others.some((one) => actions.test(one)));
    expect(past.map(({ why }) => why)).to.deep.equal([]);
  });

  it("are marked as taking no resource exactly where AWS's reference says so", function () {
    needModels(this);
    const all = [
      ...actionsFor(Object.keys(rows)),
      ...preflightActions,
      ...statusActions,
      ...takesNoResource,
    ];
    const kinds = kindsOf([...new Set(all)]);
    const without = Object.keys(kinds).filter((action) => kinds[action]?.length === 0);
    expect([...takesNoResource].sort()).to.deep.equal(without.sort());
  });
});

describe("the policies of a deployer", function () {
  this.timeout(240_000);
  const evaluations = new Map<string, readonly Evaluation[]>();
  const files = new Map<string, ReturnType<typeof filesFor>>();

  before(async () => {
    for (const stack of stacks) {
      const both = await evaluateOptions(stack, { directory: root });
      files.set(stack, filesFor(both));
      for (const project of projects) evaluations.set(`${project} ${stack}`, both[project]);
    }
  });

  function policiesOf(key: string): ReturnType<typeof deployerPolicies> {
    const all = evaluations.get(key) ?? [];
    return deployerPolicies({
      resources: all.flatMap(({ resources }) => resources),
      calls: all.flatMap(({ calls }) => calls),
    });
  }

  for (const stack of stacks) {
    for (const project of projects) {
      // Of the zone in every run: the program has many times its calls.
      const itOfStack = project === "program" ? itWithEveryCase : it;
      itOfStack(
        `allow each call of each resource of ${project} ${stack}, and no call on resources of other stacks`,
        function () {
          needModels(this);
          const { preview, update } = policiesOf(`${project} ${stack}`);
          const all = requestsIn(evaluations.get(`${project} ${stack}`) ?? []);
          const worded = ({ action, resource }: Request): string => `${action} of ${resource}`;
          const refused = all.filter((request) => !allows([...preview, ...update], request));
          expect([...new Set(refused.map(worded))]).to.deep.equal([]);
          expect(all).to.have.length.of.at.least(5);
          const reads = all.filter(({ operation }) => operation === "read");
          expect(reads.filter((request) => !allows(preview, request)).map(worded)).to.deep.equal(
            [],
          );
          const changes = all.filter(({ operation }) => operation !== "read");
          // The only actions of a change that the preview also allows are reads.
          const tooMuch = changes.filter(
            ({ action }) => !/:(?:Get|List|Describe|Decrypt)/.test(action),
          );
          expect(tooMuch.filter((request) => allows(preview, request)).map(worded)).to.deep.equal(
            [],
          );
          // RDS chooses the name of a copy of backups, so the policy covers any in the account.
          const ofNames = tooMuch.filter(({ resource }) => !resource.includes(":auto-backup:"));
          const theirs = strangers(ofNames).filter((request) => allows(update, request));
          expect([...new Set(theirs.map(worded))]).to.deep.equal([]);
        },
      );
    }
  }

  it("let a deployer create roles only with the boundary, and never remove it", () => {
    const { preview, update } = policiesOf("program prod");
    const role = "arn:aws:iam::123456789012:role/dublin-role-0123456";
    const within = "arn:aws:iam::123456789012:policy/failover-prod-boundary";
    const asked = (action: string, boundary: string): boolean =>
      allows([...preview, ...update], {
        action,
        resource: role,
        context: { "iam:PermissionsBoundary": boundary },
      });
    for (const action of [
      "iam:CreateRole",
      "iam:PutRolePolicy",
      "iam:PutRolePermissionsBoundary",
    ]) {
      expect(asked(action, within), action).to.equal(true);
      expect(asked(action, "arn:aws:iam::aws:policy/AdministratorAccess"), action).to.equal(false);
    }
    expect(asked("iam:DeleteRolePermissionsBoundary", within)).to.equal(false);
    expect(asked("iam:AttachRolePolicy", within)).to.equal(false);
  });

  it("are for stacks in which every role has a boundary", () => {
    for (const stack of stacks) {
      const all = (evaluations.get(`program ${stack}`) ?? []).flatMap(({ resources }) => resources);
      const roles = all.filter(({ type }) => type === "aws:iam/role:Role");
      expect(roles.length).to.be.at.least(3);
      expect([...new Set(roles.map(({ inputs }) => inputs["permissionsBoundary"]))]).to.deep.equal([
        `arn:aws:iam::123456789012:policy/failover-${stack}-boundary`,
      ]);
    }
  });

  it("let a deployer create any role of the stack if it sets no boundary", () => {
    const all = (evaluations.get("program prod") ?? []).flatMap(({ resources }) => resources);
    const { update } = deployerPolicies({
      resources: all.map((one) =>
        one.type === "aws:iam/role:Role"
          ? { ...one, inputs: {}, outputs: { arn: one.outputs["arn"] ?? "" } }
          : one,
      ),
      calls: [],
    });
    const request = {
      action: "iam:CreateRole",
      resource: "arn:aws:iam::123456789012:role/dublin-role-0123456",
      context: {},
    };
    expect(allows(update, request)).to.equal(true);
  });

  it("let a role read the status and command the gate of its own stack only", () => {
    const [one] = evaluations.get("program prod") ?? [];
    const [first] = one?.resources ?? [];
    if (one === undefined || first === undefined) throw new Error("no resource of prod");
    const gateFunction = {
      ...first,
      type: "aws:lambda/function:Function",
      custom: true,
      inputs: { name: "failover-prod-gate" },
      outputs: { name: "failover-prod-gate" },
    };
    const check = { ...first, type: "aws:route53/healthCheck:HealthCheck", custom: true };
    const { status, gate } = deployerPolicies({
      resources: [first, gateFunction, check],
      calls: [],
    });
    const asked = (
      policies: readonly PolicyDocument[],
      action: string,
      resource: string,
    ): boolean => allows(policies, { action, resource, context: {} });
    const bucket = (stack: string): string => `arn:aws:s3:::failover-${stack}-gate-123456789012`;
    const controller = (stack: string): string =>
      `arn:aws:lambda:eu-west-1:123456789012:function:failover-${stack}-gate`;
    for (const [stack, isOwn] of [
      ["prod", true],
      ["dev", false],
    ] as const) {
      expect(asked(status, "s3:GetObject", `${bucket(stack)}/latch`), stack).to.equal(isOwn);
      expect(asked(gate, "s3:GetObject", `${bucket(stack)}/state.json`)).to.equal(isOwn);
      expect(asked(gate, "lambda:InvokeFunction", controller(stack))).to.equal(isOwn);
      expect(asked(status, "lambda:GetFunctionConfiguration", controller(stack))).to.equal(isOwn);
    }
    expect(asked(status, "lambda:InvokeFunction", controller("prod"))).to.equal(false);
    expect(asked(gate, "s3:GetObject", `${bucket("prod")}/latch`)).to.equal(false);
    expect(asked(status, "route53:TestDNSAnswer", "*")).to.equal(true);
    const actions = [...status, ...gate].flatMap(({ Statement }) =>
      Statement.flatMap(({ Action }) => Action),
    );
    const reads = /:(?:Get|List|Describe|TestDNSAnswer)/;
    expect(actions.filter((action) => !reads.test(action))).to.deep.equal([
      "lambda:InvokeFunction",
    ]);
  });

  it("have no policy for a gate that the stack lacks", () => {
    const { status, gate } = policiesOf("zone prod");
    expect([status, gate]).to.deep.equal([[], []]);
  });

  it("bound roles by the actions in the roles' own policies", () => {
    const { boundary } = policiesOf("program prod");
    const actions = boundary.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    expect(actions).to.include.members(["lambda:InvokeFunction", "dynamodb:PutItem"]);
    const madeRole = "iam:CreateServiceLinkedRole";
    expect(actions.filter((one) => one.startsWith("iam:"))).to.deep.equal([madeRole]);
    const mayMakeTheRoleOf = (service: string): boolean =>
      allows(boundary, {
        action: madeRole,
        resource: `arn:aws:iam::123456789012:role/aws-service-role/${service}/AWSServiceRole`,
        context: { "iam:AWSServiceName": service },
      });
    // The starter of scheduled experiments starts the first one of an account.
    expect(mayMakeTheRoleOf("fis.amazonaws.com")).to.equal(true);
    expect(mayMakeTheRoleOf("rds.amazonaws.com")).to.equal(false);
  });

  it("let scheduled experiments be deployed, and their role start them", () => {
    for (const stack of stacks) {
      const { update, boundary } = policiesOf(`program ${stack}`);
      const asked = (policies: readonly PolicyDocument[], action: string, name: string): boolean =>
        allows(policies, { action, resource: `arn:aws:${name}`, context: {} });
      const starter = "lambda:us-west-2:123456789012:function:game-day-starter-function-0123456";
      expect(asked(update, "lambda:CreateFunction", starter), stack).to.equal(true);
      for (const experiment of ["full-load", stack === "prod" ? "us-west-2b" : "us-east-2b"]) {
        const name = `game-day-starter-schedule-${experiment}-0123456`;
        const schedule = `scheduler:us-west-2:123456789012:schedule/default/${name}`;
        expect(asked(update, "scheduler:CreateSchedule", schedule), name).to.equal(true);
      }
      const template = "fis:us-west-2:123456789012:experiment-template/EXT1";
      expect(asked(boundary, "fis:StartExperiment", template), stack).to.equal(true);
    }
  });

  it("allow the alarms of both kinds to be read, wherever they are", () => {
    for (const stack of stacks) {
      const policies = policiesOf(`program ${stack}`);
      for (const kind of ["preview", "gameDay", "status", "boundary"] as const) {
        const documents = policies[kind];
        const actions = documents.flatMap((one) => one.Statement.flatMap(({ Action }) => Action));
        const asked = [...ofAllAlarms].filter((action) => actions.includes(action));
        expect(asked, kind).to.include("cloudwatch:DescribeAlarms");
        const allowed = asked.map((action) =>
          allows(documents, { action, resource: "*", context: {} }),
        );
        expect(allowed, `${stack} ${kind}`).to.not.include(false);
      }
    }
  });

  it("match docs/iam, file by file", () => {
    for (const stack of stacks) {
      const folder = join(root, "docs/iam", stack);
      const made = files.get(stack) ?? [];
      const remedy = `run npx failover iam --stack ${stack}, and delete what it does not name`;
      expect(readdirSync(folder).sort(), remedy).to.deep.equal(made.map(({ name }) => name).sort());
      for (const { name, text, characters } of made) {
        expect(readFileSync(join(folder, name), "utf8") === text, `${name}: ${remedy}`).to.equal(
          true,
        );
        expect(characters, name).to.be.at.most(policyCharactersMax);
      }
      // The default maximum per role, in addition to the boundary and the game day's policy.
      const attached = made.filter(({ name }) => /preview|update/.test(name));
      expect(attached.length).to.be.at.most(10);
    }
  });

  it("have no star in an action, and no findings of parliament", function () {
    needModels(this);
    const paths = stacks.flatMap((stack) => {
      const folder = join(root, "docs/iam", stack);
      return readdirSync(folder).map((name) => join(folder, name));
    });
    const documents = paths.map((file) => JSON.parse(readFileSync(file, "utf8")) as PolicyDocument);
    const actions = documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    expect(actions.filter((action) => action.includes("*"))).to.deep.equal([]);
    expect(findingsOf(paths).join("\n")).to.equal("");
  });

  it("would have findings if they were wrong", function () {
    needModels(this);
    const folder = mkdtempSync(join(tmpdir(), "policies-"));
    const fileWith = (action: string, name: string): string => {
      const wrong = { Effect: "Allow", Action: [action], Resource: ["*"] };
      writeFileSync(
        join(folder, name),
        JSON.stringify({ Version: "2012-10-17", Statement: [wrong] }),
      );
      return join(folder, name);
    };
    try {
      const wrong = [fileWith("s3:Get", "one.json"), fileWith("s3:GetObject", "two.json")];
      expect(findingsOf(wrong)).to.deep.equal([
        '{"file": "one.json", "issue": "UNKNOWN_ACTION", "detail": "Unknown action s3:Get"}',
        '{"file": "two.json", "issue": "RESOURCE_STAR", "detail": ["s3:GetObject"]}',
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("are refused for a type without an entry in the table", () => {
    const [one] = evaluations.get("zone dev") ?? [];
    const [first] = one?.resources ?? [];
    if (one === undefined || first === undefined) throw new Error("no resource of zone dev");
    const stream = { ...first, type: "aws:kinesis/stream:Stream", custom: true };
    expect(() => deployerPolicies({ resources: [stream], calls: [] })).to.throw(
      "aws/permissions/providerCalls.ts: must have a line for every type, got none for aws:kinesis/stream:Stream; add what the provider calls for it",
    );
  });

  /** Every request that IAM decides while a stack is created, read, changed and deleted. */
  function requestsIn(
    all: readonly Evaluation[],
  ): readonly (Request & { readonly operation: string })[] {
    const types = all.flatMap(({ resources }) => resources.map(({ type }) => type));
    const kinds = kindsOf(actionsFor(types));
    return all.flatMap(({ resources }) => {
      const graph = new StackGraph(resources);
      return resources.flatMap((resource) =>
        operations.flatMap((operation) =>
          requestsOf(graph, resource, operation, kinds).map((one) => ({ ...one, operation })),
        ),
      );
    });
  }
});

/** ARNs of resources identified by name, up to the part in which another stack's would differ. */
const named =
  /^(arn:aws:(?:autoscaling|cloudwatch|dynamodb|elasticache|iam|lambda|rds|scheduler|secretsmanager|sqs):.*[:/]|arn:aws:(?:s3|sns):(?:[^:]*:){2}|arn:aws:logs:(?:[^:]*:){3}).+$/;

/**
 * The same calls on resources of other stacks: other tags, or another name. Route 53 has neither;
 * RDS names secrets.
 */
function strangers(requests: readonly Request[]): readonly Request[] {
  return requests
    .filter(
      ({ resource, context }) =>
        !/^arn:aws:route53:|:secret:rds!|aws-service-role/.test(resource) &&
        context["ec2:CreateAction"] === undefined &&
        (context["aws:ResourceTag/Project"] !== undefined || named.test(resource)),
    )
    .map((request) => ({
      ...request,
      resource: request.resource.replace(named, "$1strangers"),
      context: Object.fromEntries(
        Object.entries(request.context).map(([key, value]) => [
          key,
          key.includes("Tag/Project") ? "strangers" : value,
        ]),
      ),
    }));
}
