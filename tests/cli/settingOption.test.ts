import { expect } from "chai";
import { main } from "../../cli/main";
import { changedSettings, settingsIn } from "../../cli/settingOption";
import { root } from "../conventions/sourceTree";
import { memoryIo } from "./memoryIo";

async function resolved(
  ...argv: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const io = { ...memoryIo(), directory: root };
  const code = await main(["resolve", "orders.dev.cafe.com", ...argv], io);
  return { code, out: io.out(), err: io.err() };
}

describe("--set", () => {
  it("evaluates a stack with another setting, and changes no file", async () => {
    const { code, out } = await resolved(
      "--stack",
      "dev",
      "--set",
      "failover:ttl.normalSeconds=30",
    );
    expect(code).to.equal(0);
    expect(out).to.match(/^orders\.dev\.cafe\.com 30 A /);
    expect((await resolved("--stack", "dev")).out).to.match(/^orders\.dev\.cafe\.com 60 A /);
  });

  it("takes JSON, text, and the places of a list, beside the other parts of a setting", async () => {
    const changes = settingsIn([
      "failover:hostname=a.test",
      "failover:ttl.mode=maintenance",
      "failover:hostnames.0=b.test",
    ]);
    const changed = await changedSettings("dev", changes, { directory: root });
    expect(changed["failover:hostname"]).to.equal("a.test");
    expect(changed["failover:hostnames"]).to.deep.equal(["b.test"]);
    expect(changed["failover:ttl"]).to.include({ mode: "maintenance" });
  });

  for (const [title, argv, line] of [
    [
      "no path",
      ["--stack", "dev", "--set", "ttl"],
      /^--set: must be a path and a value, got ttl; for example /,
    ],
    [
      "a source that is no stack",
      ["--from", "x", "--set", "failover:ipv6=true"],
      /^--set: must be used with --stack, got --from; /,
    ],
    ["a setting that does not exist", ["--stack", "dev", "--set", "failover:tll.mode=x"], /tll/],
  ] as const) {
    it(`refuses ${title}`, async () => {
      const { code, err } = await resolved(...argv);
      expect(code).to.equal(2);
      expect(err).to.match(line);
    });
  }
});
