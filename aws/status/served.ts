import { locationOfRegion } from "../../routing/asker";
import type { Asker } from "../../routing/asker";
import { globalRegion } from "../../routing/globalRegion";
import type { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import type { Account } from "../clients";
import { knownBy, valueIn } from "../known";
import type { ClientDns } from "../publicDns";
import type { Agreement } from "./agreement";
import { judgeAgreement } from "./agreement";
import { statusNames } from "./statusNames";
import type { Fact } from "./fact";
import { badFact, unknownFact } from "./fact";
import type { NameTree } from "./nameTree";
import { awsNameOf, decisionOf, nameTreeOf } from "./nameTree";
import type { AskedName, JudgedName, AskedServer, ServedName } from "./serving";
import { judgeName, servedNames, silentFacts } from "./serving";
import type { StatusSources, StatusSubject } from "./subject";
import type { ZoneReading } from "./zoneReading";

/** Who serves, and whether the model agrees. */
export interface Served {
  readonly names: readonly JudgedName[];
  readonly agreement: readonly Agreement[];
  readonly facts: readonly Fact[];
}

/** Asks the name servers and `TestDNSAnswer` for the names, and judges the answers. */
export async function serve(
  subject: StatusSubject,
  zone: ZoneReading,
  { account, dns }: StatusSources,
): Promise<Served> {
  const model = zone.kind === "read" ? zone.model : subject.exported;
  const asked = statusNames(subject, model);
  const found = await nameServersOf(subject, zone, dns);
  const served = await servedNames(asked, found.servers, dns);
  const trees = asked.map((one) => (model === undefined ? undefined : treeOrFact(model, one)));
  const addresses = await addressesOf(
    trees.flatMap((tree) => (tree && "leaves" in tree ? [tree] : [])),
    dns,
  );
  const judged = await Promise.all(
    served.map(async (one, index) => {
      const found = trees[index];
      const isTree = found !== undefined && "leaves" in found;
      const tree = isTree ? found : undefined;
      const { name, facts } = judgeName(one, tree, addresses);
      const unmodelled = found === undefined || isTree ? [] : [found];
      if (tree === undefined || zone.kind !== "read") {
        return { name, agreement: [], facts: [...unmodelled, ...facts] };
      }
      const compared = await compare(one, tree, zone, { account, addresses });
      return { name, agreement: [compared.agreement], facts: [...facts, ...compared.facts] };
    }),
  );
  return {
    names: judged.map(({ name }) => name),
    agreement: judged.flatMap(({ agreement }) => agreement),
    facts: [...found.facts, ...silentFacts(served), ...judged.flatMap(({ facts }) => facts)],
  };
}

async function compare(
  { name, type, answers }: ServedName,
  tree: NameTree,
  { id, model, state }: Extract<ZoneReading, { kind: "read" }>,
  {
    account,
    addresses,
  }: { readonly account: Account; readonly addresses: ReadonlyMap<string, readonly string[]> },
): Promise<ReturnType<typeof judgeAgreement>> {
  const route53 = await account.client("route53", globalRegion);
  const test = await knownBy(async () => {
    const { RecordData = [] } = await route53.testDNSAnswer({
      HostedZoneId: id,
      RecordName: name,
      RecordType: type,
    });
    return [...RecordData].sort();
  });
  const anywhere = decisionOf(tree, state, model.askersOf(name, type));
  return judgeAgreement({
    model,
    tree,
    test,
    decision: decisionOf(tree, state, [testResolver]),
    served: answers
      .filter(({ values }) => values.length > 0)
      .map(({ values, servers }) => ({ by: servers.join(", "), values, decision: anywhere })),
    addresses,
  });
}

/** Without another place, `TestDNSAnswer` asks as a resolver in this region (API:TestDNSAnswer). */
const testResolverRegion = "us-east-1";

const testResolver: Asker = (() => {
  const location = locationOfRegion(testResolverRegion);
  return { region: testResolverRegion, ...(location ? { location } : {}) };
})();

/** A tree, or what the model cannot do with the name. */
function treeOrFact(model: StackModel, { name, type }: AskedName): NameTree | Fact {
  try {
    return nameTreeOf(model, name, type);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return unknownFact("model", `${name} ${type}: ${error.message.split("\n").join("; ")}`);
  }
}

/** The zone's servers with their addresses: from AWS, from the export, or from its delegation. */
async function nameServersOf(
  subject: StatusSubject,
  zone: ZoneReading,
  dns: ClientDns,
): Promise<{ readonly servers: readonly AskedServer[]; readonly facts: readonly Fact[] }> {
  const known = zone.kind === "read" ? zone.nameServers : (subject.nameServers ?? []);
  const names =
    known.length > 0 ? { value: known } : await knownBy(() => dns.nameServersOf(subject.zone));
  if ("unknown" in names)
    return { servers: [], facts: [unknownFact("name-server", names.unknown)] };
  const each = await Promise.all(
    names.value.map(async (name) => {
      const at = await knownBy(() => dns.serversAt(name));
      const servers = (valueIn(at) ?? []).map((server) => ({ ...server, name }));
      if ("unknown" in at) {
        return { servers, facts: [unknownFact("name-server", `${name}: ${at.unknown}`)] };
      }
      const isMissing = servers.length === 0;
      return {
        servers,
        facts: isMissing ? [badFact("name-server", `${name}: it has no address`)] : [],
      };
    }),
  );
  return {
    servers: each.flatMap(({ servers }) => servers),
    facts: each.flatMap(({ facts }) => facts),
  };
}

/** The present addresses of the AWS names that can answer. */
async function addressesOf(
  trees: readonly NameTree[],
  dns: ClientDns,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const wanted = trees.flatMap(({ leaves, type }) =>
    leaves.flatMap((leaf) => {
      const name = awsNameOf(leaf);
      return name === undefined ? [] : [`${type} ${name}`];
    }),
  );
  const found = await Promise.all(
    [...new Set(wanted)].map(async (each) => {
      const [type, name = ""] = each.split(" ");
      const known = await knownBy(() => dns.addressesOf(name, type === "AAAA" ? "AAAA" : "A"));
      return [name, valueIn(known) ?? []] as const;
    }),
  );
  const byName = new Map<string, readonly string[]>();
  for (const [name, some] of found) byName.set(name, [...(byName.get(name) ?? []), ...some]);
  return byName;
}
