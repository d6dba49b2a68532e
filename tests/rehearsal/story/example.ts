import type { TreeNode } from "../../../rehearsal/report/document";
import type {
  ReportedAnswer,
  ReportedBound,
  PackReport,
  Rehearsal,
  StackRehearsal,
  StoryStep,
} from "../../../rehearsal/result";

/** Settings that the example's figures follow from (docs/ARCHITECTURE.md, objectives), in seconds. */
interface Settings {
  readonly stack: string;
  readonly hostname: string;
  readonly interval: number;
  readonly threshold: number;
  readonly ttl: number;
  readonly targets: { readonly detection: number; readonly downtime: number };
}

const propagation = 10;
/** The duration of a failing probe, by failure mode (H6, H8). */
const probes = { refused: 0, synDropped: 4, connectsThenHangs: 6, hangsInBody: 8 };

function boundsOf({ interval, threshold, ttl }: Settings): readonly ReportedBound[] {
  return Object.entries(probes).map(([death, probe]) => ({
    death,
    detection: threshold * (interval + probe),
    downtime: threshold * (interval + probe) + propagation + ttl,
    terms: [
      {
        name: "detection",
        seconds: threshold * (interval + probe),
        formula: `${threshold} × (${interval} s + ${probe} s) of oregon-us-west-2a-check`,
        source: "H3, H4, H6–H8",
      },
      { name: "propagation", seconds: propagation, formula: "δ, assumed", source: "T5" },
      { name: "ttl", seconds: ttl, formula: "TTL of the old answer", source: "T1" },
    ],
  }));
}

const places = {
  "us-west-2a": { value: "203.0.113.10", target: "oregon-us-west-2a-address" },
  "us-west-2b": { value: "203.0.113.11", target: "oregon-us-west-2b-address" },
  "eu-west-1a": { value: "198.51.100.10", target: "dublin-eu-west-1a-address" },
  maintenance: { value: "s3-website.us-east-2.amazonaws.com", target: "maintenance" },
};

/** An answer of the dev stack from one of the places. */
export function answerIn(
  place: keyof typeof places,
  { stack, hostname, ttl } = dev,
): ReportedAnswer {
  const isPage = place === "maintenance";
  const { value, target } = places[place];
  return {
    value,
    ttl,
    target: `urn:pulumi:${stack}::failover::aws:ec2/eip:Eip::${target}`,
    ...(isPage ? {} : { availabilityZone: place }),
    region: isPage ? "us-east-2" : place.slice(0, -1),
    probability: 1,
    alive: true,
    path: [
      {
        record: `${hostname} A`,
        setIdentifier: isPage ? "secondary" : "primary",
        reason: isPage ? "the primary is unhealthy" : "the primary is healthy",
      },
    ],
  };
}

function stepOf(
  settings: Settings,
  step: string,
  faults: readonly string[],
  place: keyof typeof places,
): StoryStep {
  const answers = [answerIn(place, settings)];
  const bounds = boundsOf(settings);
  const worst = bounds.at(-1);
  return worst && step.endsWith("fails")
    ? { ...worst, step, faults, answers, bounds }
    : { step, faults, answers, death: "", detection: null, downtime: null };
}

/** A node of a tree with its children. */
export function node(words: readonly string[], ...children: readonly TreeNode[]): TreeNode {
  return { words, children };
}

function stackOf(settings: Settings): StackRehearsal {
  const { stack, hostname, targets } = settings;
  const worst = boundsOf(settings).at(-1);
  return {
    stack,
    hostname,
    servingOrder: [
      {
        region: "us-west-2",
        name: "oregon",
        endpoints: ["us-west-2a", "us-west-2b"],
        chosen: ["else", "else"],
      },
      {
        region: "eu-west-1",
        name: "dublin",
        endpoints: ["eu-west-1a", "eu-west-1b"],
        chosen: ["else", "else"],
      },
      { region: "us-east-2", name: "us-east-2", endpoints: ["maintenance"], chosen: ["else"] },
    ],
    tree: node(
      [hostname],
      node(
        ["PRIMARY", `any.${hostname}`],
        node(
          ["PRIMARY", `live.${hostname}`],
          node(
            ["PRIMARY", `oregon.${hostname}`, "if its region check"],
            node(["PRIMARY", "203.0.113.10 in us-west-2a", "checked"]),
            node(["SECONDARY", "203.0.113.11 in us-west-2b", "checked"]),
          ),
          node(
            ["SECONDARY", `dublin.${hostname}`, "if its region check"],
            node(["PRIMARY", "198.51.100.10 in eu-west-1a", "checked"]),
            node(["SECONDARY", "198.51.100.11 in eu-west-1b", "checked"]),
          ),
        ),
        node(["SECONDARY", `oregon.${hostname}`, "(above)"]),
      ),
      node(["SECONDARY", "s3-website.us-east-2.amazonaws.com", "the maintenance page"]),
    ),
    story: [
      stepOf(settings, "nothing has failed", [], "us-west-2a"),
      stepOf(settings, "us-west-2a fails", ["us-west-2a"], "us-west-2b"),
      stepOf(settings, "Oregon fails", ["us-west-2"], "eu-west-1a"),
      stepOf(settings, "Dublin fails", ["us-west-2", "eu-west-1"], "maintenance"),
      stepOf(settings, "all recover", [], "us-west-2a"),
    ],
    objectives: [
      {
        name: "zoneOrRegion.detection",
        target: targets.detection,
        worst: worst?.detection ?? null,
        met: (worst?.detection ?? 0) <= targets.detection,
      },
      {
        name: "zoneOrRegion.downtime",
        target: targets.downtime,
        worst: worst?.downtime ?? null,
        met: (worst?.downtime ?? 0) <= targets.downtime,
      },
    ],
    notes: ["The time to spread is assumed: AWS publishes none."],
  };
}

const dev: Settings = {
  stack: "dev",
  hostname: "orders.dev.cafe.com",
  interval: 30,
  threshold: 3,
  ttl: 60,
  targets: { detection: 120, downtime: 190 },
};

const prod: Settings = {
  stack: "prod",
  hostname: "orders.cafe.com",
  interval: 10,
  threshold: 2,
  ttl: 10,
  targets: { detection: 45, downtime: 60 },
};

/** A rehearsal with the figures of docs/ARCHITECTURE.md, made by hand. */
export function exampleRehearsal(): Rehearsal {
  return { stacks: [stackOf(dev), stackOf(prod)] };
}

/** One stack, one event. */
export function tinyRehearsal(): Rehearsal {
  const stack = stackOf(dev);
  const tree = node(["orders.dev.cafe.com"], node(["PRIMARY", "203.0.113.10"]));
  return { stacks: [{ ...stack, tree, story: stack.story.slice(0, 2) }] };
}

/** The dev stack with changes; steps by index. */
export function changed({
  steps = {},
  ...rest
}: Partial<StackRehearsal> & {
  readonly steps?: Readonly<Record<number, Partial<StoryStep>>>;
}): Rehearsal {
  const stack = stackOf(dev);
  const story = stack.story.map((step, index) => ({ ...step, ...steps[index] }));
  return { stacks: [{ ...stack, story, ...rest }] };
}

/** The report of a pack without findings, with changes. */
export function packReport(other: Partial<PackReport> = {}): PackReport {
  return {
    pack: "dns-failover",
    summary: "no findings; 40 of 40 rules applied",
    mandatory: 0,
    advisory: 0,
    advisoryRules: {},
    unknown: 0,
    broken: 0,
    stops: [],
    advice: [],
    ...other,
  };
}
