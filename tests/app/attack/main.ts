import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { percentile } from "../harness/customer";
import { APP, TOKENS } from "../harness/region";
import { startTwoRegions } from "../harness/twoRegions";
import { ATTACKS, keepUp, type Attack } from "./attacks";
import { askFrom, atRate, orderBody, type Seen } from "./bystanders";

/** Route 53's checkers give up 2 s after connecting (H6); connecting may take 4 s. */
const CHECKER_PATIENCE_MS = 2000;
const CUSTOMER_PATIENCE_MS = 8000;

const checkerBlock = "127.0.9.0/24";
const checker = "127.0.9.1";
const customer = "127.0.33.1";

/**
 * `npm run test:attack -- [--seconds N] [--only WORD] [--together]`: attacks a region from one address
 * while checkers and customers continue from others. It runs in a separate network with an instance's
 * nftables rules, so it needs root.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      only: { type: "string", default: "" },
      together: { type: "boolean", default: false },
      inside: { type: "boolean", default: false },
      "no-firewall": { type: "boolean", default: false },
    },
  });
  if (!values.inside) return again();
  const seconds = Number(values.seconds);
  const attacks = ATTACKS.filter(({ name }) => name.includes(values.only));
  const two = await startTwoRegions();
  try {
    const port = Number(new URL(two.oregon.region.origin).port);
    if (!values["no-firewall"]) raiseFirewall(port, two.workshop.directory);
    const run = async (label: string, some: readonly Attack[]) => round(label, some, port, seconds);
    let isFine = await run("nobody attacks", []);
    isFine = (await crowd(port)) && isFine;
    const alone = attacks.filter(({ sources = 1 }) => sources === 1);
    if (values.together) isFine = (await run("all attacks of one source at once", alone)) && isFine;
    else for (const attack of attacks) isFine = (await run(attack.name, [attack])) && isFine;
    return isFine ? 0 : 1;
  } finally {
    await two.close();
  }
}

/** Runs this program again in a network namespace, where its rules affect no other process. */
function again(): number {
  const inside = [...process.execArgv, __filename, "--inside", ...process.argv.slice(2)];
  const script = 'ip link set lo up && exec "$0" "$@"';
  const args = ["--net", "--", "sh", "-c", script, process.execPath, ...inside];
  const { status } = spawnSync("unshare", args, { stdio: "inherit" });
  return status ?? 3;
}

/** Loads the rules as boot does. The list of checkers is the cached one: none can be fetched. */
function raiseFirewall(port: number, folder: string): void {
  const boot = join(APP, "boot");
  const rules = join(folder, "cafe.nft");
  const kept = join(folder, "checkers.nft");
  const environment = { PATH: process.env["PATH"], WEB_PORTS: String(port) };
  const render = [join(boot, "render.sh"), join(boot, "etc/cafe.nft")];
  writeFileSync(rules, execFileSync("bash", render, { env: environment }));
  writeFileSync(kept, `add element inet cafe checkers_ipv4 { ${checkerBlock} }\n`);
  execFileSync("bash", [join(boot, "firewall.sh"), "--rules"], {
    env: { ...environment, RULES: rules, KEPT: kept, RANGES_URL: "http://127.0.0.1:9/" },
    stdio: ["ignore", "inherit", "ignore"],
  });
}

async function round(
  label: string,
  attacks: readonly Attack[],
  port: number,
  seconds: number,
): Promise<boolean> {
  const host = "127.0.0.1";
  const ending = new AbortController();
  const { signal } = ending;
  // Each attack has one source; the distributed one has many.
  const attacking = attacks.flatMap((attack, n) =>
    Array.from({ length: attack.sources ?? 1 }, async (_, source) =>
      keepUp(attack, { host, port, from: `127.0.${66 + n}.${source + 1}` }, signal),
    ),
  );
  await sleep(1000);
  const probe = (path: string) => async () =>
    askFrom({ host, port, from: checker, method: "GET", path, patienceMs: 20_000 });
  const place = async () =>
    askFrom({
      ...{ host, port, from: customer, method: "POST", path: "/orders", body: orderBody() },
      patienceMs: CUSTOMER_PATIENCE_MS,
    });
  const asked = Promise.all([
    atRate(4, signal, probe("/healthcheck")),
    atRate(4, signal, probe("/health.php")),
    atRate(4, signal, place),
  ]);
  await sleep(seconds * 1000);
  ending.abort();
  const [shallow, deep, orders] = await asked;
  await Promise.all(attacking);
  const load = readFileSync("/proc/loadavg", "utf8").split(" ")[0] ?? "?";
  console.log(`${label} (${seconds} s, load ${load})`);
  // With more sources than the limits cover, customers may fail; the checkers must not.
  const isDistributed = attacks.some(({ sources = 1 }) => sources > 1);
  const fine = [
    judged("/healthcheck", shallow, (seen) => inTime(seen) && seen.text.includes(TOKENS.shallow)),
    judged("/health.php", deep, (seen) => inTime(seen) && seen.text.includes(TOKENS.deep)),
    judged("orders", orders, isTaken, !isDistributed),
  ];
  return fine.every(Boolean);
}

/** 50 customers behind one address, as in an office, who order at the same moment. */
async function crowd(port: number): Promise<boolean> {
  const asking = { host: "127.0.0.1", port, from: "127.0.44.1", method: "POST" } as const;
  const orders = await Promise.all(
    Array.from({ length: 50 }, async () =>
      askFrom({ ...asking, path: "/orders", body: orderBody(), patienceMs: CUSTOMER_PATIENCE_MS }),
    ),
  );
  console.log("50 customers behind one address at once");
  return judged("orders", orders, isTaken);
}

/** Also accepts 202: on a busy machine the copy of an order may be made a moment later. */
function isTaken({ status }: Seen): boolean {
  return status === 201 || status === 202;
}

function inTime({ status, ms }: Seen): boolean {
  return status === 200 && ms < CHECKER_PATIENCE_MS;
}

function judged(
  what: string,
  all: readonly Seen[],
  isGood: (seen: Seen) => boolean,
  counts = true,
): boolean {
  const good = all.filter(isGood).length;
  const times = all.map(({ ms }) => ms);
  const [p50, p99, worst] = [0.5, 0.99, 1].map((share) => percentile(times, share).toFixed(0));
  const statuses = [...new Set(all.map(({ status }) => status))].sort((a, b) => a - b);
  console.log(
    `  ${what}: ${good} of ${all.length} good (${((100 * good) / all.length).toFixed(1)} %), ` +
      `p50 ${p50} ms, p99 ${p99} ms, worst ${worst} ms, status ${statuses.join(", ")}`,
  );
  return !counts || good === all.length;
}

main()
  .then((code) => {
    process.exit(code);
  })
  .catch((error: unknown) => {
    console.error(error);
    process.exit(3);
  });
