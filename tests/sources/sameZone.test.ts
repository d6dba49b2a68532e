import { expect } from "chai";
import { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import { readSources } from "../../sources/readSources";
import { filesOf } from "./read";

const letters = ["a", "b", "c"] as const;
type Letter = (typeof letters)[number];

/** The names that one source of the zone gives its resources. */
interface Form {
  readonly file: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly instance: (letter: Letter) => string;
  readonly check: (letter: Letter) => string;
  /** The address of a server as answers show it. */
  readonly address: (letter: Letter) => string;
}

const addresses = { a: "198.51.100.1", b: "198.51.100.2", c: "198.51.100.3" };
const address = (letter: Letter): string => addresses[letter];
const checkIds = {
  a: "0a1b2c3d-1111-4aaa-8aaa-000000000001",
  b: "0a1b2c3d-2222-4bbb-8bbb-000000000002",
  c: "0a1b2c3d-3333-4ccc-8ccc-000000000003",
};

const pulumi: Form = {
  file: "pulumi-export.json",
  instance: (letter) => `web-${letter}`,
  check: (letter) => `check-${letter}`,
  address,
};

const forms: Readonly<Record<string, Form>> = {
  "a Pulumi export of the aws-native provider": { ...pulumi, file: "pulumi-native-export.json" },
  "answers of the AWS command line": {
    file: "aws",
    instance: (letter) => `web-${letter}`,
    check: (letter) => checkIds[letter],
    address,
  },
  "a Terraform state": {
    file: "terraform-state.json",
    instance: (letter) => `module.web.aws_instance.web["${letter}"]`,
    check: (letter) => `aws_route53_health_check.web["${letter}"]`,
    address,
  },
  "a Terraform plan": {
    file: "terraform-plan.json",
    instance: (letter) => `module.web.aws_instance.web["${letter}"]`,
    check: (letter) => `aws_route53_health_check.web["${letter}"]`,
    address: (letter) => `<module.web.aws_eip.web["${letter}"]>`,
  },
  "a CloudFormation template": {
    file: "cloudformation.yaml",
    parameters: { "AWS::Region": "us-west-2" },
    instance: (letter) => `Web${letter.toUpperCase()}`,
    check: (letter) => `Check${letter.toUpperCase()}`,
    address: (letter) => `<Address${letter.toUpperCase()}>`,
  },
};

const octoDns: Form = {
  file: "example.org.yaml",
  instance: (letter) => letter,
  check: (letter) => `www.example.org.:A - ${addresses[letter]}`,
  address,
};

/** A fault, by its name in a source. */
type Fault = (form: Form) => string;

const checkFaults = letters.map(
  (letter): Fault =>
    ({ check }) =>
      `check:${check(letter)}`,
);
const placeFaults = [
  ...letters.map(
    (letter): Fault =>
      () =>
        `us-west-2${letter}`,
  ),
  (): string => "us-west-2",
  ...letters.map(
    (letter): Fault =>
      ({ instance }) =>
        instance(letter),
  ),
];

/** All sets of at most two faults. */
function setsOf(faults: readonly Fault[]): readonly (readonly Fault[])[] {
  const pairs = faults.flatMap((one, index) =>
    faults.slice(index + 1).map((other) => [one, other]),
  );
  return [[], ...faults.map((one) => [one]), ...pairs];
}

const names = [
  "www.example.org",
  "_octodns-front-pool.www.example.org",
  "_octodns-back-pool.www.example.org",
];

async function modelOf({ file, parameters = {} }: Form): Promise<StackModel> {
  const options = { parameters: new Map(Object.entries(parameters)) };
  return new StackModel((await readSources(filesOf(file), options)).resources);
}

/** The answers of every name under every set of faults; "refused" if the model refuses the name. */
function answersOf(model: StackModel, form: Form, sets: readonly (readonly Fault[])[]): unknown {
  const letterOf = (value: string): string =>
    letters.find((letter) => form.address(letter) === value) ?? value;
  return sets.map((faults) => {
    const state = model.under(model.faults(faults.map((fault) => fault(form))));
    return names.map((name) => {
      try {
        const { answers, lastResort } = state.resolve(name, "A");
        const shown = answers.map(({ value, ttlSeconds, probability, alive }) => [
          letterOf(value),
          ttlSeconds,
          probability,
          alive,
        ]);
        return { lastResort, shown };
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        return "refused";
      }
    });
  });
}

describe("one zone, read from the output of each tool", () => {
  const placeSets = setsOf([...placeFaults, ...checkFaults]);
  let expected: StackModel;

  before(async () => {
    expected = await modelOf(pulumi);
  });

  it("has enough different answers to make agreement meaningful", () => {
    const distinct = new Set(
      (answersOf(expected, pulumi, placeSets) as unknown[]).map((one) => JSON.stringify(one)),
    );
    expect(placeSets).to.have.length(56);
    expect(distinct.size).to.be.at.least(8);
  });

  for (const [title, form] of Object.entries(forms)) {
    it(`answers from ${title} as from a Pulumi export, under any two faults`, async () => {
      expect(answersOf(await modelOf(form), form, placeSets)).to.deep.equal(
        answersOf(expected, pulumi, placeSets),
      );
    });
  }

  it("answers from octoDNS, which has no places, as from a Pulumi export, under any two failed checks", async () => {
    const sets = setsOf(checkFaults);
    expect(answersOf(await modelOf(octoDns), octoDns, sets)).to.deep.equal(
      answersOf(expected, pulumi, sets),
    );
  });
});
