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
  const limited = section(
    "Parameters",
    "Ttl: {Type: Number, MinValue: 30, MaxValue: 300, Default: 60}",
    "Name: {Type: String, MinLength: 2, MaxLength: 4, AllowedPattern: '[a-z]+', Default: abc}",
    "Odd: {Type: String, AllowedPattern: '[', Default: abc}",
    "Names: {Type: CommaDelimitedList, MinLength: 9, AllowedPattern: '[a-z]', Default: 'a, b'}",
  );
  const mapped = section("Mappings", "M: {prod: {ip: 192.0.2.1}}");
  const conditions = section("Conditions", "Is: !Equals [a, a]", "IsNot: !Equals [a, b]");

  type Refused = readonly [
    template: readonly string[],
    message: string,
    given?: Readonly<Record<string, string>>,
  ];
  const refused: readonly Refused[] = [
    ...(
      [
        [{ Ttl: "abc" }, "--parameter Ttl: must be a number, got abc"],
        [{ Ttl: "10" }, "--parameter Ttl: must be at least 30, got 10"],
        [{ Ttl: "301" }, "--parameter Ttl: must be at most 300, got 301"],
        [{ Name: "a" }, "--parameter Name: must be characters: at least 2, got a"],
        [{ Name: "abcde" }, "--parameter Name: must be characters: at most 4, got abcde"],
        [{ Name: "ab1" }, "--parameter Name: must be like [a-z]+, got ab1"],
        [{ Names: "a,bb" }, "--parameter Names: must be like [a-z], got bb"],
      ] as const
    ).map(([given, message]): Refused => [
      [limited, record("TTL: 60")],
      `${message}; give another one`,
      given,
    ]),
    [
      [allowed, record("TTL: 60")],
      "--parameter Env: must be one of prod, dev, got stage; give another one",
      { Env: "stage" },
    ],
    [
      [allowed, record("TTL: 60")],
      "--parameter Zones: must be one of a, b, got c; give another one",
      { Zones: "a,c" },
    ],
    [
      [allowed, record("TTL: 60")],
      "--parameter Key: must be one of x, got another value; give another one",
      { Key: "secret" },
    ],
    [
      [
        section("Parameters", "Env: {Type: String, AllowedValues: [a], Default: b}"),
        record("TTL: 60"),
      ],
      "t.yaml: Parameters.Env.Default: must be one of a, got b; change it, or what the parameter allows",
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
    [limited, record("TTL: !Ref Ttl")],
    [allowed, conditions, mapped, record("TTL: !If [IsNot, !FindInMap [M, dev, ip], 60]")],
    [conditions, mapped, record("TTL: !FindInMap [M, dev, ip]", ", Condition: IsNot")],
    [mapped, record("TTL: !FindInMap [M, dev, ip, {DefaultValue: 60}]")],
    [mapped, record("TTL: !FindInMap [M, !Ref AWS::Region, ip]")],
    [
      section(
        "Parameters",
        "Java: {Type: String, AllowedPattern: '\\A[a-z]+\\z', Default: abc}",
        "Spaced: {Type: String, MinLength: 3, Default: 'ab '}",
      ),
      record("TTL: 61"),
    ],
    ["Resources:", "  Fn::Transform: {Name: AWS::Include}", "Outputs: {A: {Value: !Ref Included}}"],
    [
      "Parameters: {Fn::Transform: {Name: AWS::Include}}",
      "Outputs: {A: {Value: !Ref Included}}",
      record("TTL: 62"),
    ],
    [
      "Rules: {A: {Assertions: [{Assert: !EachMemberIn [!ValueOfAll [T, a], !RefAll T]}, {Assert: !Contains [[a], b]}]}}",
      record("TTL: 63"),
    ],
    ["Transform: [Own]", record("TTL: !If [Iss, 1, !FindInMap [M, dev, ip]]")],
  ] as const;
  for (const template of accepted) {
    it(`takes what CloudFormation takes: ${template.at(-1)?.split("Properties: ").at(-1) ?? ""}`, async () => {
      expect((await reading(template.join("\n"), "t.yaml")).resources).to.be.an("array");
    });
  }
});
