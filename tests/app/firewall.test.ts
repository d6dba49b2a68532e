import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NETWORK_PARTS, needParts, needRoot, pathOf, REGION_PARTS } from "./harness/parts";
import { APP } from "./harness/region";
import { sourceLoader } from "../childProcess";
import { itWithEveryCase } from "../sampled";
import { MEASURED_AGAIN } from "./harness/customer";

const BOOT = join(APP, "boot");
const SNAPSHOT = readFileSync(join(BOOT, "etc", "checkers.json"), "utf8");

/** The output of bin/checkers.php for a list. */
function commandsFrom(list: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(pathOf("php"), [join(APP, "bin", "checkers.php")], {
    input: list,
    encoding: "utf8",
  });
}

function rules(): string {
  return execFileSync("bash", [join(BOOT, "render.sh"), join(BOOT, "etc", "cafe.nft")], {
    env: { PATH: process.env["PATH"], WEB_PORTS: "80, 8080" },
    encoding: "utf8",
  });
}

describe("the list of Route 53's checkers", () => {
  before(function () {
    needParts(this, ["php"]);
  });

  it("extracts the checkers' blocks of both families from AWS's list, and no others", () => {
    const list = JSON.parse(SNAPSHOT) as { prefixes: object[]; ipv6_prefixes: object[] };
    list.prefixes.unshift({ ip_prefix: "3.5.140.0/22", service: "AMAZON" });
    const { stdout, status } = commandsFrom(JSON.stringify(list));
    expect(status).to.equal(0);
    expect(stdout).to.match(
      /^flush set inet cafe checkers_ipv4\nadd element .* \{ 15\.177\.0\.0\/18, /,
    );
    expect(stdout).to.contain("2a05:d018:fff:f800::/53").and.not.contain("3.5.140.0");
  });

  const entry = (block: unknown) => ({ ip_prefix: block, service: "ROUTE53_HEALTHCHECKS" });
  for (const [what, prefixes] of [
    ["no blocks", []],
    ["the whole internet", [entry("0.0.0.0/0")]],
    ["an invalid block", [entry("15.177.0.0/18"), entry("15.177.0.0/18; flush ruleset")]],
    ["a block that is not text", [entry({ a: 1 })]],
    ["too many blocks", Array.from({ length: 201 }, () => entry("1.2.3.0/24"))],
  ] as const) {
    it(`refuses a list with ${what}, and prints nothing for nftables`, () => {
      const { stdout, stderr, status } = commandsFrom(
        JSON.stringify({ ...(JSON.parse(SNAPSHOT) as object), prefixes }),
      );
      expect([status, stdout]).to.deep.equal([1, ""]);
      expect(stderr).to.match(/^checkers\.php: prefixes: must be 1 to 200 narrow blocks, got \d+/);
    });
  }

  it("refuses input that is not a list", () => {
    expect(commandsFrom("<html>").status).to.equal(1);
  });
});

describe("the firewall, in a network namespace", function () {
  before(function () {
    needParts(this, [...REGION_PARTS, ...NETWORK_PARTS]);
    needRoot(this);
  });

  const inNetwork = (script: string, ...args: readonly string[]) =>
    spawnSync("unshare", ["--net", "--", "bash", "-c", script, ...args], { encoding: "utf8" });

  it("is accepted by nft, and can be loaded again", () => {
    const folder = mkdtempSync(join(tmpdir(), "cafe-nft-"));
    try {
      const file = join(folder, "all.nft");
      writeFileSync(file, rules() + commandsFrom(SNAPSHOT).stdout);
      const done = inNetwork('nft -c -f "$0" && nft -f "$0" && nft -f "$0"', file);
      expect([done.status, done.stderr]).to.deep.equal([0, ""]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("loads the list of the release when none can be fetched, and keeps the newest", () => {
    const folder = mkdtempSync(join(tmpdir(), "cafe-nft-"));
    try {
      writeFileSync(join(folder, "rules"), rules());
      const other = SNAPSHOT.replace("15.177.0.0/18", "15.200.0.0/18");
      writeFileSync(join(folder, "ranges.json"), other);
      const shown = "nft list set inet cafe checkers_ipv4 | grep -o '15[.][0-9]*[.]0[.]0/18'";
      const done = inNetwork(
        `export RULES="$0/rules" KEPT="$0/kept/checkers.nft"
         RANGES_URL=http://127.0.0.1:9/ bash "$1" 2>/dev/null && ${shown}
         RANGES_URL="file://$0/ranges.json" bash "$1" && ${shown}
         RANGES_URL="file:///dev/null" bash "$1" 2>/dev/null; ${shown}`,
        folder,
        join(BOOT, "firewall.sh"),
      );
      expect(done.stdout.trim().split("\n")).to.deep.equal([
        ...["15.177.0.0/18", "15.200.0.0/18", "15.200.0.0/18"],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("lets a source have 64 connections, counts a /64 as one source, and allows a balancer 320 and the checkers any number", () => {
    const folder = mkdtempSync(join(tmpdir(), "cafe-nft-"));
    try {
      writeFileSync(
        join(folder, "rules"),
        `${rules()}\nadd element inet cafe checkers_ipv4 { 127.0.9.0/24 }\n`,
      );
      const program = join(__dirname, "attack", "countConnections.mjs");
      const addresses = ["fd00:1::1", "fd00:2::1", "fd00:2::2", "fd00:3::1"];
      const done = inNetwork(
        `ip link set lo up; ip addr add 10.9.9.9/32 dev lo; for a in ${addresses.join(" ")}; do ip -6 addr add $a/128 dev lo nodad; done
         nft -f "$0/rules"; exec "$1" "$2"`,
        folder,
        process.execPath,
        program,
      );
      expect(JSON.parse(done.stdout), done.stderr).to.deep.equal({
        "127.0.5.1": 64,
        "127.0.5.2": 64,
        "127.0.9.1": 100,
        // Two addresses of one /64, together.
        "fd00:2::1 fd00:2::2": 64,
        "fd00:3::1": 64,
        "10.9.9.9": 320,
        "10.9.9.9 to the port for checks": 100,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  itWithEveryCase(
    "and Apache behind it keep serving health paths and orders under all attacks at the same time",
    () => {
      const program = join(__dirname, "attack", "main.ts");
      const args = [...sourceLoader, program, "--together", "--seconds", "2"];
      const done = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 200_000 });
      process.stdout.write(done.stdout.replace(/^/gm, "      "));
      expect(done.status, done.stdout + done.stderr).to.equal(0);
    },
  ).retries(MEASURED_AGAIN);
});
