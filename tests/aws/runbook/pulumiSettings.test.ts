import { expect } from "chai";
import { settingsKey, settingsOfCommands } from "../../../aws/runbook/pulumiSettings";
import { shellCommands } from "../../../aws/runbook/shellCommands";
import type { Resource } from "../../../routing/graph/resource";
import { pairResources, verdictOn } from "./judgedPair";

const slow = pairResources.map((one) =>
  one.name === "www-primary" ? { ...one, outputs: { ...one.outputs, ttl: 600 } } : one,
);
const gone = pairResources.filter(({ name }) => name !== "www-secondary");

/** The verdict on a setting with which the program makes these resources, or says this. */
function verdictWith(evaluated: readonly Resource[] | string): ReturnType<typeof verdictOn> {
  const withSettings = new Map([[settingsKey(["graph:x=1"]), evaluated]]);
  return verdictOn("pulumi config set x 1", { stack: "dev", withSettings });
}

describe("failover policy --runbook of Pulumi's settings", () => {
  it("finds each combination of settings once, as far as it is written", () => {
    const script = [
      "pulumi config set x 1 && pulumi up --yes",
      "pulumi config set graph:x 1 --stack dev",
      "pulumi config set --path aws:a.b two --plaintext",
      "pulumi up -c x=1 --config=y=2",
      'pulumi config set y "$Y"',
      "pulumi config get x",
      "pulumi preview -c z=1",
      "pulumi config set a.b 1",
    ];
    const commands = shellCommands(script.join("\n"), () => undefined, "sh");
    expect(settingsOfCommands(commands, pairResources)).to.deep.equal([
      ["graph:x=1"],
      ["aws:a.b=two"],
      ["graph:x=1", "graph:y=2"],
    ]);
  });

  it("judges a setting by the program with it", () => {
    const longer = "downtime of 8.8.4.1 when it hangs in the body 184 s → 724 s (www.a.test A)";
    expect(verdictWith(slow)).to.deep.include.members(["harmful", longer]);
    expect(verdictWith(gone)[0]).to.equal("harmful");
    expect(verdictWith([...pairResources])).to.deep.equal(["harmless", "it changes no answer"]);
    expect(verdictWith("x: must be 2, got 1")).to.deep.equal([
      "unknown",
      "the program cannot be evaluated with it: x: must be 2, got 1",
    ]);
  });

  it("says of a setting that is not evaluated, or not known, that it is not judged", () => {
    expect(verdictOn("pulumi config set --path a:b.c 1")).to.deep.equal([
      "unknown",
      "not judged: the program with another setting; run `failover diff HEAD --stack NAME --set 'a:b.c=1'`",
    ]);
    for (const [command, why] of [
      ["pulumi config rm x", "its settings are not written in the runbook"],
      ["pulumi config set x < value", "its settings are not written in the runbook"],
      [
        "pulumi up -c a:b.c=1 --config-path",
        "what the program makes of the key a:b.c is not known",
      ],
    ] as const) {
      expect(verdictOn(command), command).to.deep.equal(["unknown", `not judged: ${why}`]);
    }
  });
});
