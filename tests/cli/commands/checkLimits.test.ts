import { expect } from "chai";
import type { Properties } from "../../../routing/graph/resource";
import { pair, resource } from "../../routing/graph/stack";
import { main } from "../../../cli/main";
import { itWithEveryCase } from "../../sampled";
import { memoryIo } from "../memoryIo";
import { exportOf } from "./proving";

async function run(
  command: string,
  check: Properties,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const stack = exportOf([
    ...pair({ records: ["8.8.4.1"] }, { ipAddress: "8.8.4.1", ...check }),
    resource("aws:route53/healthCheck:HealthCheck", "unused", { type: "TCP", requestInterval: 1 }),
  ]);
  const io = memoryIo({ files: { "stack.json": stack } });
  const code = await main([...command.split(" "), "--from", "stack.json"], io);
  return { code, out: io.out(), err: io.err() };
}

const refusal = (what: string, must: string, got: string): string =>
  `check.${what}: ${must}, got ${got}; Route 53 refuses the check, so correct it`;

const cases: readonly (readonly [string, Properties, readonly string[]])[] = [
  [
    "H3 an interval",
    { requestInterval: 15 },
    [refusal("requestInterval", "must be 10 or 30 s (H3)", "15")],
  ],
  ...[0, 11].map(
    (failureThreshold) =>
      [
        `H4 a threshold of ${failureThreshold}`,
        { failureThreshold },
        [
          refusal(
            "failureThreshold",
            "must be a whole number from 1 to 10 (H4)",
            `${failureThreshold}`,
          ),
        ],
      ] as const,
  ),
  [
    "H1 two regions",
    { regions: ["us-east-1", "eu-west-1"] },
    [refusal("regions", "must be at least 3 (H1)", "2")],
  ],
  ["H21 a port of 0", { port: 0 }, [refusal("port", "must be a port from 1 to 65535 (H21)", "0")]],
  [
    "H8, H21 every other argument",
    {
      type: "HTTP_STR_MATCH",
      requestInterval: 9,
      failureThreshold: 1.5,
      port: 65_536,
      resourcePath: `/${"x".repeat(255)}`,
      searchString: "x".repeat(256),
    },
    [
      refusal("requestInterval", "must be 10 or 30 s (H3)", "9"),
      refusal("failureThreshold", "must be a whole number from 1 to 10 (H4)", "1.5"),
      refusal("port", "must be a port from 1 to 65535 (H21)", "65536"),
      refusal("resourcePath", "must have at most 255 characters (H21)", "256"),
      refusal("searchString", "must have at most 255 characters (H8)", "256"),
    ],
  ],
];

describe("a check with arguments that Route 53 refuses", () => {
  for (const command of ["prove", "resolve www.a.test", "rehearse"]) {
    for (const [what, check, faults] of cases) {
      it(`${what}: is refused by \`failover ${command}\` with all faults`, async () => {
        const { code, out, err } = await run(command, check);
        expect(err.trim().split("\n")).to.deep.equal(faults);
        expect([code, out]).to.deep.equal([2, ""]);
      });
    }

    // A rehearsal starts the packs, each time.
    const itAtLimits = command === "rehearse" ? itWithEveryCase : it;
    itAtLimits(`H3, H4, H8, H21 is accepted by \`failover ${command}\` at each limit`, async () => {
      for (const check of [
        { requestInterval: 10, failureThreshold: 1, port: 1 },
        { requestInterval: 30, failureThreshold: 10, port: 65_535 },
        { resourcePath: `/${"x".repeat(254)}` },
        { type: "HTTP_STR_MATCH", searchString: "x".repeat(255) },
      ]) {
        const { code, err } = await run(command, check);
        expect(err).to.equal("");
        // A pack may find something.
        expect(code).to.be.oneOf([0, 1]);
      }
    });
  }
});

describe("an argument of a check that must be a number and is none", () => {
  it("leaves its status unknown, and is no default", async () => {
    const { code, out } = await run("prove", { requestInterval: "ten", port: "http" });
    expect(code).to.equal(2);
    expect(out).to.include("Not proven: it depends on what was not read.");
    for (const [property, got] of [
      ["requestInterval", "ten"],
      ["port", "http"],
    ] as const) {
      expect(out).to.include(
        `check.${property}: must be a number, got "${got}"; Route 53 refuses the check, so correct it`,
      );
    }
    expect((await run("prove", { requestInterval: "30" })).out).to.not.include("must be a number");
  });
});

describe("a port of 0 that a provider reads where none is set", () => {
  it("H21 is that of an export's outputs and of a Terraform state, and is accepted", async () => {
    const stack = exportOf(
      pair({ records: ["8.8.4.1"] }, { ipAddress: "8.8.4.1", port: 0 }).map((one) => {
        const { port: _, ...inputs } = one.inputs;
        return { ...one, inputs };
      }),
    );
    const files = { "stack.json": stack, "state.json": stateOf({ port: 0 }) };
    for (const path of Object.keys(files)) {
      const io = memoryIo({ files });
      await main(["resolve", "www.a.test", "--from", path], io);
      expect(io.err()).to.equal("");
      expect(io.out()).to.match(/^www\.a\.test 60 A 8\.8\.4\.1/);
    }
  });
});

const zoneAndRecords = (checkId: unknown) => [
  { address: "aws_route53_zone.zone", values: { name: "a.test", zone_id: "Z1" } },
  ...(["PRIMARY", "SECONDARY"] as const).map((role, index) => ({
    address: `aws_route53_record.${role.toLowerCase()}`,
    values: {
      ...{ name: "www.a.test", type: "A", zone_id: "Z1", ttl: 60, set_identifier: role },
      records: [`8.8.4.${index + 1}`],
      failover_routing_policy: [{ type: role }],
      ...(role === "PRIMARY" ? { health_check_id: checkId } : {}),
    },
  })),
];

const listed = (resources: readonly { address: string; values: object }[]) =>
  resources.map((one) => {
    const [type, name] = one.address.split(".");
    return { ...one, mode: "managed", type, name, sensitive_values: {} };
  });

const checkValues = { type: "HTTP", ip_address: "8.8.4.1", request_interval: 30, port: 80 };

/** A Terraform state with a check of the primary. */
function stateOf(check: object): string {
  const resources = listed([
    ...zoneAndRecords("c0"),
    { address: "aws_route53_health_check.web", values: { ...checkValues, id: "c0", ...check } },
  ]);
  return JSON.stringify({ format_version: "1.0", values: { root_module: { resources } } });
}

/** A Terraform plan that creates the check, some arguments of which are known after it is applied. */
function planOf(later: object, written: object): string {
  const address = "aws_route53_health_check.web";
  const values = Object.fromEntries(
    Object.entries({ ...checkValues, id: "c0" }).filter(([name]) => !(name in later)),
  );
  const resources = listed([...zoneAndRecords("c0"), { address, values }]);
  return JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources } },
    resource_changes: [
      { address, change: { actions: ["create"], before: null, after_unknown: later } },
    ],
    configuration: {
      root_module: {
        resources: [
          { address, mode: "managed", type: "aws_route53_health_check", expressions: written },
        ],
      },
    },
  });
}

/** A template whose check has some arguments. */
function templateOf(properties: string): string {
  const record = (id: string, role: string, address: string, more: string): string =>
    `  ${id}: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.a.test, Type: A, TTL: 60, SetIdentifier: ${role}, Failover: ${role}, ResourceRecords: [${address}]${more}}}`;
  return [
    "Parameters: {Given: {Type: Number}}",
    "Conditions: {Asked: !Equals [!Ref Given, 1]}",
    "Resources:",
    record("Primary", "PRIMARY", "8.8.4.1", ", HealthCheckId: !Ref Web"),
    record("Secondary", "SECONDARY", "8.8.4.2", ""),
    `  Web: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTP, IPAddress: 8.8.4.1, ${properties}}}}`,
  ].join("\n");
}

const notKnown = (check: string, property: string): string =>
  `${check}.${property}: must be known, got a value that is not; give it with --parameter, or read what is deployed`;

describe("an argument of a check that is not known", () => {
  async function proven(path: string, content: string, ...more: readonly string[]) {
    const io = memoryIo({ files: { [path]: content } });
    const code = await main(["prove", "--from", path, ...more], io);
    return { code, out: io.out() };
  }

  for (const [argument, property] of [
    ["RequestInterval", "requestInterval"],
    ["FailureThreshold", "failureThreshold"],
    ["Port", "port"],
  ] as const) {
    for (const written of ["!Ref Given", "!If [Asked, 10, 30]"]) {
      it(`leaves the status unknown: ${argument}: ${written} of a template`, async () => {
        const { code, out } = await proven("t.yaml", templateOf(`${argument}: ${written}`));
        expect([code, out.includes(notKnown("Web", property))]).to.deep.equal([2, true]);
      });
    }

    it(`is known with --parameter: ${argument}`, async () => {
      const text = templateOf(`${argument}: !Ref Given`);
      const { out } = await proven("t.yaml", text, "--parameter", "Given=10");
      expect(out).not.to.include("must be known");
    });
  }

  it("leaves the status unknown in a Terraform plan, also for a threshold that is written", async () => {
    const later = { request_interval: true, failure_threshold: true, port: true };
    const reference = { references: ["aws_ssm_parameter.one.value", "aws_ssm_parameter.one"] };
    const written = { request_interval: reference, failure_threshold: reference, port: reference };
    const { code, out } = await proven("plan.json", planOf(later, written));
    expect(code).to.equal(2);
    for (const property of ["requestInterval", "failureThreshold", "port"]) {
      expect(out).to.include(notKnown("aws_route53_health_check.web", property));
    }
  });

  it("is Route 53's default where a plan computes it and nobody wrote it", async () => {
    const [computed, unset] = await Promise.all(
      [{ failure_threshold: true }, {}].map((later) => proven("plan.json", planOf(later, {}))),
    );
    expect(computed).to.deep.equal(unset);
  });
});
