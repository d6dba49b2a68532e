import { AnsweringView } from "../../../../routing/resolve";
import type { RecordSet } from "../../../../routing/model";
import { Route53 } from "../../../../routing/route53";
import { address, observationsOf } from "../../../routing/sample";
import type { World } from "../../../routing/sample";
import { queryOf, responderFor, said } from "./ask";
import type { Said } from "./ask";

const simple = { kind: "simple" } as const;

/** The zone a.test with some records. */
export function zoneView(records: readonly RecordSet[], world: World = {}): AnsweringView {
  const zones = [{ id: "zone", label: "zone", name: "a.test", isPrivate: false }];
  const route53 = new Route53({ records, checks: world.checks ?? [], zones });
  return new AnsweringView(route53, observationsOf(world));
}

/** A simple record with a TTL of 300 s. */
export function record(
  name: string,
  type: string,
  values: readonly string[],
  more: Partial<RecordSet> = {},
): RecordSet {
  return address(name, "", simple, undefined, {
    id: `${name} ${type}`,
    type,
    target: { kind: "values", values, ttlSeconds: 300 },
    ...more,
  });
}

/** The SOA record of the zone in a negative answer. */
export const soa =
  "a.test 900 SOA ns.drill.invalid awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400";
/** Empty sections. */
export const nothing = { answers: [], authorities: [], additionals: [] };

/** What a zone says to one question. */
export function saidFor(
  records: readonly RecordSet[],
  name: string,
  type: string,
  more: Parameters<typeof queryOf>[2] = {},
): Said {
  const reply = responderFor(zoneView(records))(queryOf(name, type, more));
  if (!reply) throw new Error(`${name} ${type}: no reply`);
  return said(reply);
}
