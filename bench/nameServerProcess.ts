/**
 * Serves a failover pair from the model until it is killed, and prints its port; the benchmark
 * measures it from outside. With a number of milliseconds, the answer changes so often: the last
 * three bytes of its address count the changes.
 */
import { DrillNameServer } from "../rehearsal/live/dns/drillNameServer";
import type { RecordSet } from "../routing/model";
import { AnsweringView } from "../routing/resolve";
import { Route53 } from "../routing/route53";

const zone = { id: "zone", label: "zone", name: "example.test", isPrivate: false };

function member(role: "PRIMARY" | "SECONDARY", value: string): RecordSet {
  return {
    id: role,
    label: role,
    zoneId: zone.id,
    name: "www.example.test",
    type: "A",
    setIdentifier: role,
    policy: { kind: "failover", role },
    target: { kind: "values", values: [value], ttlSeconds: 60 },
    checkId: role,
  };
}

const checks = (["PRIMARY", "SECONDARY"] as const).map((id) => ({
  kind: "endpoint" as const,
  id,
  label: id,
  inverted: false,
  disabled: false,
  type: "HTTP" as const,
  intervalSeconds: 10,
  failureThreshold: 2,
  byAddress: true,
}));

const route53 = new Route53({
  records: [member("PRIMARY", "127.0.0.11"), member("SECONDARY", "127.0.0.12")],
  checks,
  zones: [zone],
});
const view = new AnsweringView(route53, {
  passes: () => true,
  targetGroups: () => undefined,
  unread: () => true,
});

async function serve(changeMs: number): Promise<void> {
  let changes = 0;
  const counted = (): string => `127.${changes >> 16}.${(changes >> 8) & 0xff}.${changes & 0xff}`;
  const server = await DrillNameServer.start(
    { address: "127.0.0.1", port: 0 },
    { view: () => view, seed: 1, ...(changeMs > 0 ? { addressOf: counted } : {}) },
  );
  process.stdout.write(`${server.port}\n`);
  if (!(changeMs > 0)) return;
  setInterval(() => {
    changes += 1;
    server.changed();
  }, changeMs);
}

void serve(Number(process.argv[2]));
