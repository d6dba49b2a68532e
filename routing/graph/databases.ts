import { gunzipSync } from "node:zlib";
import { databaseTag } from "../databaseTag";
import { targetGroupsOf } from "./targetGroups";
import type { Losses, Need } from "./need";
import { all, any, isMet, resource as need } from "./need";
import type { Resource } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { fieldOf, listOf, textOf, valueOf } from "./values";

/** Where a server is told what to use when it boots. */
const bootProperties = ["userData", "userDataBase64"];

/** By which a group of instances, or an instance, refers to what its instances are made of. */
const templateProperties = ["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"];

const templateTypes = [awsTypes.launchTemplate, awsTypes.launchConfiguration];

/** What every reference to a database has in it: names in DNS, or ARNs. */
const addressOutputs = ["address", "endpoint", "readerEndpoint", "arn"];

/** The databases of a stack, and who depends on them. */
export class Databases {
  private readonly known: readonly Resource[];
  private readonly declared = new Map<string, readonly Resource[]>();
  private readonly used = new Map<string, readonly Resource[]>();

  constructor(private readonly graph: StackGraph) {
    this.known = graph.ofType(awsTypes.database, awsTypes.databaseCluster);
  }

  get areNone(): boolean {
    return this.known.length === 0;
  }

  /** The databases that a resource's tag names; undefined where it names none of this stack. */
  declaredBy(resource: Resource): readonly Resource[] | undefined {
    if (this.areNone) return undefined;
    let declared = this.declared.get(resource.urn);
    if (!declared) {
      declared = this.findDeclared(resource);
      this.declared.set(resource.urn, declared);
    }
    return declared.length > 0 ? declared : undefined;
  }

  private findDeclared(resource: Resource): readonly Resource[] {
    const tag = fieldOf(valueOf(resource, "tags"), databaseTag);
    const names = typeof tag === "string" ? tag.toLowerCase().split(/\s+/) : [];
    if (names.length === 0) return [];
    return this.known.filter((database) =>
      [database.name, ...namesOf(database), ...addressesOf(database)].some((name) =>
        names.includes(name.toLowerCase()),
      ),
    );
  }

  /** The databases that a server uses, or those behind a balancer: what they are told at boot. */
  usedBy(urn: string): readonly Resource[] {
    if (this.areNone) return [];
    let used = this.used.get(urn);
    if (!used) {
      const server = this.graph.get(urn);
      used = server ? [...new Set(this.machinesOf(server).flatMap((one) => this.of(one)))] : [];
      this.used.set(urn, used);
    }
    return used;
  }

  /** Whether a database works in spite of the losses; a cluster does with any of its instances. */
  lives<B>(database: Resource, losses: Losses<B>): B {
    return isMet(this.need(database), losses);
  }

  private need(database: Resource): Need {
    if (database.type !== awsTypes.databaseCluster) return need(database.urn);
    const instances = this.graph.referringTo(
      database,
      awsTypes.databaseClusterInstance,
      "clusterIdentifier",
    );
    return all(need(database.urn), any(...instances.map(({ urn }) => need(urn))));
  }

  /** What holds the boot data of a server: itself, what its template is, or what is behind it. */
  private machinesOf(server: Resource): readonly Resource[] {
    if (server.type === awsTypes.loadBalancer) {
      return targetGroupsOf(this.graph, server).flatMap(({ targets }) =>
        targets.flatMap((target) => this.machinesOf(target)),
      );
    }
    return [
      server,
      ...templateProperties.flatMap((property) =>
        this.graph.follow(server, property, templateTypes),
      ),
    ];
  }

  private of(machine: Resource): readonly Resource[] {
    const declared = this.declaredBy(machine);
    if (declared) return declared;
    return bootProperties.flatMap((property) => {
      const text = bootText(machine, property);
      const named = this.known.filter((database) =>
        addressesOf(database).some((address) => mentions(text, address.toLowerCase())),
      );
      // Before deployment, or where the text is a secret, all that is known is what it came from.
      return named.length > 0
        ? named
        : this.graph.dependenciesOf(machine, property, [
            awsTypes.database,
            awsTypes.databaseCluster,
          ]);
    });
  }
}

/** What RDS knows a database by. */
function namesOf(database: Resource): readonly string[] {
  return [
    database.id,
    textOf(database, "identifier"),
    textOf(database, "clusterIdentifier"),
  ].flatMap((name) => name ?? []);
}

function addressesOf(database: Resource): readonly string[] {
  const secrets = listOf(database, "masterUserSecrets").map((one) => fieldOf(one, "secretArn"));
  return [...addressOutputs.map((property) => textOf(database, property)), ...secrets].filter(
    (value): value is string => typeof value === "string" && value !== "",
  );
}

/** Whether a text has a name in it, and not only a longer one that ends or begins with it. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const around = [text.charAt(at - 1), text.charAt(at + name.length)];
    if (!around.some((character) => /[\w-]/.test(character))) return true;
  }
  return false;
}

/** Boot data in lower case, as it is and, where it is base64 or compressed as well, as it is meant. */
function bootText(machine: Resource, property: string): string {
  // What was given comes first: some versions of the provider keep only a hash of it.
  const value = machine.inputs[property] ?? machine.outputs[property];
  if (typeof value !== "string") return "";
  const bytes = Buffer.from(value, "base64");
  return `${value}\n${(isGzip(bytes) ? unzipped(bytes) : bytes).toString("utf8")}`.toLowerCase();
}

/** RFC 1952, section 2.3.1. */
function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unzipped(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes);
  } catch {
    // It only looked compressed, so there is nothing to read in it.
    return Buffer.alloc(0);
  }
}
