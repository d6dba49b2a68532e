import { expect } from "chai";
import { reading } from "../read";

describe("the faults of a CloudFormation template", () => {
  const section = (name: string, ...lines: readonly string[]): string =>
    [`${name}:`, ...lines.map((line) => `  ${line}`)].join("\n");
  const record = (property: string, more = ""): string =>
    section(
      "Resources",
      `Www: {Type: AWS::Route53::RecordSet${more}, Properties: {Name: a.test, Type: A, ${property}}}`,
    );
  const allowed = section(
    "Parameters",
    "Env: {Type: String, AllowedValues: [prod, dev], Default: prod}",
    "Count: {Type: Number, AllowedValues: [1, 2], Default: '2'}",
    "Zones: {Type: CommaDelimitedList, AllowedValues: [a, b], Default: 'a, b'}",
    "Key: {Type: String, AllowedValues: [x], NoEcho: true, Default: x}",
    "Stored: {Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: [x], Default: /name}",
  );
  const mapped = section("Mappings", "M: {prod: {ip: 192.0.2.1}}");
  const conditions = section("Conditions", "Is: !Equals [a, a]", "IsNot: !Equals [a, b]");

  type Refused = readonly [
    template: readonly string[],
    message: string,
    given?: Readonly<Record<string, string>>,
  ];
  const refused: readonly Refused[] = [
    [
      [allowed, record("TTL: 60")],
      "--parameter Env: must be one of prod, dev, got stage; give one of them",
      { Env: "stage" },
    ],
    [
      [allowed, record("TTL: 60")],
      "--parameter Zones: must be one of a, b, got c; give one of them",
      { Zones: "a,c" },
    ],
    [
      [allowed, record("TTL: 60")],
      "--parameter Key: must be one of x, got another value; give one of them",
      { Key: "secret" },
    ],
    [
      [
        section("Parameters", "Env: {Type: String, AllowedValues: [a], Default: b}"),
        record("TTL: 60"),
      ],
      "t.yaml: Parameters.Env.Default: must be one of a, got b; change it, or AllowedValues",
    ],
    [
      [allowed, mapped, record("ResourceRecords: [!FindInMap [M, !Ref Env, ip]]")],
      "t.yaml: Resources.Www.Properties.ResourceRecords[0]: must find a value, got M.dev.ip, and M has prod; add it, or ask for another",
      { Env: "dev" },
    ],
    [
      [mapped, record("TTL: !Sub ['${A}', {A: !FindInMap [N, prod, ip]}]")],
      "t.yaml: Resources.Www.Properties.TTL.A: must find a value, got N.prod.ip, and the template has M; add it, or ask for another",
    ],
    [
      [
        section("Conditions", "Is: !Equals [!FindInMap [M, prod, name], a]"),
        mapped,
        record("TTL: 60"),
      ],
      "t.yaml: Conditions.Is: must find a value, got M.prod.name, and M.prod has ip; add it, or ask for another",
    ],
    [
      [conditions, record("TTL: !If [Iss, 1, 2]")],
      "t.yaml: Resources.Www.Properties.TTL: must name a condition of the template, which has Is, IsNot, got Iss; define it, or name another",
    ],
    [
      [record("TTL: 60", ", Condition: Iss")],
      "t.yaml: Resources.Www.Condition: must name a condition of the template, which has none, got Iss; define it, or name another",
    ],
    [
      [section("Conditions", "Is: !Not [!Condition Iss]"), record("TTL: 60")],
      "t.yaml: Conditions.Is: must name a condition of the template, which has Is, got Iss; define it, or name another",
    ],
  ];
  for (const [template, message, given] of refused) {
    it(`refuses what CloudFormation refuses: ${message}`, async () => {
      const read = reading(template.join("\n"), "t.yaml", given ?? {});
      expect(await read.then(String, String)).to.equal(`InputError: ${message}`);
    });
  }

  const accepted = [
    [allowed, conditions, mapped, record("TTL: !If [IsNot, !FindInMap [M, dev, ip], 60]")],
    [conditions, mapped, record("TTL: !FindInMap [M, dev, ip]", ", Condition: IsNot")],
    [mapped, record("TTL: !FindInMap [M, dev, ip, {DefaultValue: 60}]")],
    [mapped, record("TTL: !FindInMap [M, !Ref AWS::Region, ip]")],
    ["Transform: [Own]", record("TTL: !If [Iss, 1, !FindInMap [M, dev, ip]]")],
  ] as const;
  for (const template of accepted) {
    it(`takes what CloudFormation takes: ${template.at(-1)?.split("Properties: ").at(-1) ?? ""}`, async () => {
      expect((await reading(template.join("\n"), "t.yaml")).resources).to.be.an("array");
    });
  }
});
