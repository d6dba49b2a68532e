import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode, encode } from "dns-packet";
import type { Figures } from "./figures";
import { freePort } from "../rehearsal/live/lamp/waiting";
import { median } from "./measure";

/** At least so many times as many queries a second as each peer. */
const timesPowerDns = 1.5;
const timesGdnsd = 0.5;
const queriesPerSecond = 10_000;
const p99MaxMs = 5;
const rounds = 5;
const roundSeconds = 3;
/** How often the answer changes while stale answers are counted. */
const changeMs = 20;

const name = "www.example.test";
const programs = ["dnsperf", "pdns_server", "gdnsd"] as const;

/** A server under measurement. */
interface Measured {
  readonly port: number;
  readonly process: ChildProcess;
}

/** The name server of a drill beside PowerDNS and gdnsd, each with a health-checked pair. */
export async function nameServerFigures(figures: Figures): Promise<void> {
  const missing = programs.filter((program) => !isInstalled(program));
  if (missing.length > 0) {
    figures.say(
      `nameServer: not measured, ${missing.join(", ")} not installed; install dnsperf, pdns-server, pdns-backend-bind, gdnsd`,
    );
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "name-server-bench-"));
  const queries = join(folder, "queries");
  writeFileSync(queries, `${name} A\n`);
  const started: ChildProcess[] = [];
  const running = async (one: Promise<Measured>): Promise<number> => {
    const { port, process: child } = await one;
    started.push(child);
    return port;
  };
  try {
    const webPort = await running(webServers());
    const ours = await running(drillServer(0));
    const ports = [
      ours,
      await running(powerDns(folder, webPort)),
      await running(gdnsd(folder, webPort)),
    ];
    for (const port of ports) await untilAnswering(port);
    const rates = ports.map((): number[] => []);
    for (let round = 0; round < rounds; round += 1) {
      ports.forEach((port, index) => rates[index]?.push(rateOf(queries, port)));
    }
    const [drill = NaN, lua = NaN, dyna = NaN] = rates.map(median);
    figures.print("nameServer.rate", drill, "queries/s");
    figures.print("nameServer.rate.powerDnsLua", lua, "queries/s");
    figures.print("nameServer.rate.gdnsd", dyna, "queries/s");
    figures.print("nameServer.powerDnsLua.ofDrill", lua / drill, "ratio", {
      most: 1 / timesPowerDns,
    });
    figures.print("nameServer.gdnsd.ofDrill", dyna / drill, "ratio", { most: 1 / timesGdnsd });
    const [p99, ...others] = ports.map((port) => p99MsOf(queries, port));
    const atRate = `nameServer.p99.at${queriesPerSecond}`;
    figures.print(atRate, p99 ?? NaN, "ms", { most: p99MaxMs });
    // Beside ours: on a busy machine, every server waits for its turn.
    figures.print(`${atRate}.powerDnsLua`, others[0] ?? NaN, "ms");
    figures.print(`${atRate}.gdnsd`, others[1] ?? NaN, "ms");
    const stale = await staleAnswers(await running(drillServer(changeMs)));
    figures.print("nameServer.stale", stale, "answers", { most: 0 });
  } finally {
    for (const child of started) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
}

function isInstalled(program: string): boolean {
  const folders = [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin"];
  return folders.some((folder) => existsSync(join(folder, program)));
}

/** Packages of Debian put servers where not every account's PATH leads. */
const environment = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin` };

function drillServer(everyMs: number): Promise<Measured> {
  return nodeProcess([join(__dirname, "nameServerProcess.js"), `${everyMs}`]);
}

/** What the peers check: a process of its own, since this one waits for dnsperf. */
function webServers(): Promise<Measured> {
  const code = `
    const { createServer } = require("node:http");
    const serve = () => createServer((_, response) => response.end("ok"));
    const first = serve().listen(0, "127.0.0.11", () => {
      const { port } = first.address();
      serve().listen(port, "127.0.0.12", () => console.log(port));
    });`;
  return nodeProcess(["-e", code]);
}

/** A process that prints its port. */
async function nodeProcess(args: readonly string[]): Promise<Measured> {
  const child = spawn(process.execPath, [...args], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { port: Number(line.toString()), process: child };
}

/** LUA records with a shared state: several times as fast as without it. */
async function powerDns(folder: string, webPort: number): Promise<Measured> {
  const directory = join(folder, "pdns");
  mkdirSync(directory);
  const port = await freePort();
  const urls = `'http://${name}:${webPort}/'`;
  writeFileSync(
    join(directory, "pdns.conf"),
    [
      "launch=bind",
      `bind-config=${join(directory, "named.conf")}`,
      "enable-lua-records=shared",
      "guardian=no",
      "daemon=no",
      `socket-dir=${directory}`,
      "local-address=127.0.0.1",
      `local-port=${port}`,
      "",
    ].join("\n"),
  );
  const zoneFile = join(directory, "zone");
  writeFileSync(
    join(directory, "named.conf"),
    `zone "example.test" { type master; file "${zoneFile}"; };\n`,
  );
  writeFileSync(
    zoneFile,
    [
      "$ORIGIN example.test.",
      "@ 60 IN SOA ns.example.test. me.example.test. 1 7200 900 1209600 60",
      "@ 60 IN NS ns.example.test.",
      "ns 60 IN A 127.0.0.1",
      `www 60 IN LUA A "ifurlup(${urls}, {{'127.0.0.11'}, {'127.0.0.12'}})"`,
      "",
    ].join("\n"),
  );
  return { port, process: server("pdns_server", [`--config-dir=${directory}`]) };
}

async function gdnsd(folder: string, webPort: number): Promise<Measured> {
  const directory = join(folder, "gdnsd");
  const port = await freePort();
  mkdirSync(join(directory, "etc", "zones"), { recursive: true });
  writeFileSync(
    join(directory, "etc", "config"),
    [
      "options => {",
      `  listen => 127.0.0.1:${port}, udp_threads => 1, tcp_threads => 1,`,
      `  run_dir => ${join(directory, "run")}, state_dir => ${join(directory, "state")},`,
      "}",
      "service_types => {",
      `  web => { plugin => http_status, port => ${webPort}, interval => 2, timeout => 1 }`,
      "}",
      "plugins => { simplefo => {",
      "  pair => { service_types => [ web ], primary => 127.0.0.11, secondary => 127.0.0.12 }",
      "} }",
      "",
    ].join("\n"),
  );
  writeFileSync(
    join(directory, "etc", "zones", "example.test"),
    [
      "@ SOA ns me 1 7200 900 1209600 60",
      "@ NS ns",
      "ns A 127.0.0.1",
      "www 60 DYNA simplefo!pair",
      "",
    ].join("\n"),
  );
  return { port, process: server("gdnsd", ["-c", join(directory, "etc"), "start"]) };
}

function server(program: string, args: readonly string[]): ChildProcess {
  return spawn(program, [...args], { stdio: "ignore", env: environment });
}

/** PowerDNS checks an address only once it has been asked for: wait for the primary. */
async function untilAnswering(port: number): Promise<void> {
  const socket = createSocket("udp4");
  let value: unknown;
  socket.on("error", () => undefined);
  socket.on("message", (reply) => {
    const [answer] = decode(reply).answers ?? [];
    value = answer?.type === "A" ? answer.data : undefined;
  });
  const query = encode({ type: "query", id: 1, questions: [{ name, type: "A" }] });
  for (let tries = 0; tries < 300 && value !== "127.0.0.11"; tries += 1) {
    socket.send(query, port, "127.0.0.1");
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  socket.close();
  if (value !== "127.0.0.11") throw new Error(`port ${port}: no answer with the primary in 30 s`);
}

function dnsperf(queries: string, port: number, more: readonly string[]): string {
  const args = ["-d", queries, "-s", "127.0.0.1", "-p", `${port}`, "-l", `${roundSeconds}`];
  const { stdout, status, stderr } = spawnSync("dnsperf", [...args, ...more], {
    encoding: "utf8",
    env: environment,
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`dnsperf failed: ${stderr}`);
  const lost = Number(/Queries lost:\s+(\d+)/.exec(stdout)?.[1]);
  if (lost !== 0) process.stderr.write(`nameServer: ${lost} queries of port ${port} were lost\n`);
  return stdout;
}

function rateOf(queries: string, port: number): number {
  const out = dnsperf(queries, port, ["-c", "8", "-q", "64", "-T", "1"]);
  return Number(/Queries per second:\s+([\d.]+)/.exec(out)?.[1]);
}

/** The 99th percentile of the time to an answer, in milliseconds. */
function p99MsOf(queries: string, port: number): number {
  const out = dnsperf(queries, port, ["-c", "8", "-T", "1", "-Q", `${queriesPerSecond}`, "-v"]);
  const times = [...out.matchAll(/^> NOERROR .* ([\d.]+)$/gm)].map(([, seconds]) =>
    Number(seconds),
  );
  times.sort((a, b) => a - b);
  return (times[Math.floor(times.length * 0.99)] ?? NaN) * 1000;
}

/**
 * Answers from before a change that came after one from after it: the server counts its changes in
 * the address. The queries of one socket are answered in their order.
 */
async function staleAnswers(port: number): Promise<number> {
  const socket = createSocket("udp4");
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  let [latest, stale] = [0, 0];
  socket.on("message", (reply) => {
    // The answer's address is the last thing in the reply.
    const changes = reply.readUIntBE(reply.length - 3, 3);
    if (changes < latest) stale += 1;
    latest = Math.max(latest, changes);
  });
  const query = encode({ type: "query", id: 1, questions: [{ name, type: "A" }] });
  const endAt = Date.now() + roundSeconds * 1000;
  while (Date.now() < endAt) {
    for (let sent = 0; sent < 50; sent += 1) socket.send(query);
    await new Promise(setImmediate);
  }
  socket.close();
  if (latest === 0) throw new Error(`port ${port}: the answer never changed`);
  return stale;
}
