import type { StackModel } from "../../routing/graph/stackModel";
import type { Observed } from "../../routing/graph/observed";
import { gateBodies } from "../../routing/gateNames";
import type { ActiveFault } from "../simulation/phases";
import type { Death } from "../simulation/plan";
import { isLoss } from "../simulation/plan";
import type { PlaceOrder } from "./customers";
import type { LiveDeath, Listening, ServerReply, ServerRequest } from "./endpointServer";
import type { ServerCheck, ServerPlan } from "./inventory";
import type { DrillGate } from "./gate/drillGate";
import { PresentFaults } from "./presentFaults";

/** The paths that every server has: the guide's, besides those that its checks probe. */
const guidePaths: readonly string[] = ["/", "/healthcheck", "/health.php"];
/** The path of the application that takes orders (app/). */
const orderPath = "/orders";

/** An order for the drill's own servers, which read nothing of it. */
export const postOrder: PlaceOrder = async (_, send) => {
  const { status } = await send({ method: "POST", path: orderPath, headers: {}, body: "{}" });
  return status;
};

/** How the servers of a drill answer under the present faults, by the model. */
export class Replies {
  private readonly known = new Map<string, ServerReply>();

  /**
   * @param regionOf the checkers' region of an address; undefined for customers
   * @param drillGate the gate whose latch object a server has
   */
  constructor(
    private readonly model: StackModel,
    private readonly faults: PresentFaults,
    private readonly regionOf: (address: string) => string | undefined,
    private readonly drillGate?: DrillGate,
  ) {}

  /** The faults have changed. */
  set(faults: readonly ActiveFault[]): void {
    this.faults.set(faults);
    this.known.clear();
  }

  /** How the servers would answer under other faults. */
  under(faults: readonly ActiveFault[]): Replies {
    const others = new PresentFaults(this.model);
    others.set(faults);
    return new Replies(this.model, others, this.regionOf, this.drillGate);
  }

  /** What a server's listener does: it dies for everybody as it dies for customers. */
  listeningOf(plan: ServerPlan): Listening {
    const death = this.serverDeath(plan, undefined);
    if (death === "refused") return "refuses";
    return death === "synDropped" || death === "drains" ? "drops" : "accepts";
  }

  /** Whether a server that dies completes the requests that are under way. */
  drains(plan: ServerPlan): boolean {
    const death = this.serverDeath(plan, undefined);
    return death === undefined || death === "drains";
  }

  /** Seconds that a slow server needs to accept a connection. */
  connectSecondsOf(plan: ServerPlan, region: string | undefined): number {
    const death = this.serverDeath(plan, region);
    return typeof death === "object" ? (death.connectSeconds ?? 0) : 0;
  }

  replyOf(plan: ServerPlan, request: ServerRequest): ServerReply {
    const region = this.regionOf(request.from);
    const latch = this.latchAt(plan);
    if (latch) return withDeath(latchReply(latch), this.serverDeath(plan, region));
    const key = `${plan.id} ${request.method} ${request.path} ${region ?? ""}`;
    let reply = this.known.get(key);
    if (!reply) {
      reply = this.newReply(plan, request, region);
      this.known.set(key, reply);
    }
    return reply;
  }

  private newReply(
    plan: ServerPlan,
    { method, path }: ServerRequest,
    region: string | undefined,
  ): ServerReply {
    const death = this.serverDeath(plan, region);
    if (death !== undefined) return withDeath(wellReply(plan, method, path), death);
    const { reliance } = this.model;
    const server = plan.answers[0] && this.urnOf(plan);
    if (method === "POST") {
      const without =
        server === undefined
          ? undefined
          : this.deathOf(region, (seen) => !reliance.isServerWithout(server, seen.losses));
      return withoutService(wellReply(plan, method, path), without);
    }
    const probing = plan.checks.filter(({ check }) => (check.path ?? "/") === path);
    const dead = probing
      .map((one) => this.deathOf(region, (seen) => passesIn(seen, one)))
      .find((one) => one !== undefined);
    return withoutService(wellReply(plan, method, path), dead);
  }

  /** How a server is dead as a whole, and not only for some path. */
  private serverDeath(plan: ServerPlan, region: string | undefined): LiveDeath | undefined {
    const { steady } = this.faults;
    const latch = this.latchAt(plan);
    const death = latch
      ? liveDeath(this.faults.lossOf(latch.gate.region, region))
      : this.deathOf(region, (seen) =>
          plan.answers.length > 0
            ? plan.answers.some(({ record, value }) => seen.isAlive(record, value))
            : // What only checks probe is there until a fault changes what they find.
              plan.checks.some((one) => passesIn(seen, one) === passesIn(steady, one)),
        );
    return death === "failed" ? "synDropped" : death;
  }

  private deathOf(
    region: string | undefined,
    holds: (seen: Observed<boolean>) => boolean,
  ): LiveDeath | "failed" | undefined {
    return liveDeath(this.faults.deathOf(region, holds));
  }

  /** The gate whose latch object a server has, and nothing else. */
  private latchAt(plan: ServerPlan): DrillGate | undefined {
    const id = this.drillGate?.gate.latchId;
    return plan.checks.some(({ check }) => check.id === id) ? this.drillGate : undefined;
  }

  private urnOf({ answers, id }: ServerPlan): string {
    const [first] = answers;
    return (first && this.model.endpointOfValue(first.record, first.value)?.urn) ?? id;
  }
}

function withDeath(well: ServerReply, death: LiveDeath | undefined): ServerReply {
  return death === undefined ? well : { ...well, death };
}

/** The latch object as S3 gives it to a checker: 403 while it is absent (H6). */
function latchReply({ bucket }: DrillGate): ServerReply {
  return bucket.isLatched
    ? { status: 200, body: gateBodies.latch }
    : { status: 403, body: "AccessDenied" };
}

function passesIn(seen: Observed<boolean>, { check, through }: ServerCheck): boolean {
  return through ? seen.passesAt(check, through.record, through.value) : seen.passes(check.id);
}

function liveDeath(death: Death | undefined): LiveDeath | "failed" | undefined {
  // Scenarios have no losses by chance.
  return isLoss(death) ? death.death : death;
}

/** The reply of a server while all is well. */
function wellReply({ isPage, checks }: ServerPlan, method: string, path: string): ServerReply {
  if (method === "POST") {
    if (isPage) return { status: 405, body: "the static page takes no orders" };
    return path === orderPath ? { status: 201, body: "ordered" } : { status: 404, body: "" };
  }
  const searched = checks.flatMap(({ check }) =>
    (check.path ?? "/") === path ? (check.searchString ?? []) : [],
  );
  const exists = guidePaths.includes(path) || checks.some(({ check }) => check.path === path);
  return exists
    ? { status: 200, body: [isPage ? "maintenance" : "OK", ...new Set(searched)].join(" ") }
    : { status: 404, body: "" };
}

/**
 * The reply of a living server without what a path needs, such as its database: the server itself accepts, so a
 * refused connection behind it is an error, and a silent one keeps the path waiting.
 */
function withoutService(well: ServerReply, death: LiveDeath | "failed" | undefined): ServerReply {
  switch (death) {
    case undefined:
      return well;
    case "failed":
      return { status: 404, body: "" };
    case "refused":
      return { ...well, death: "errors" };
    case "synDropped":
    case "drains":
      return { ...well, death: "connectsThenHangs" };
    default:
      return { ...well, death };
  }
}
