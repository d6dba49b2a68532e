import { gunzipSync } from "node:zlib";
import { databaseTag } from "../databaseTag";
import { targetGroupsOf } from "./targetGroups";
import type { Losses, Need } from "./need";
import { all, any, isMet, resource as need } from "./need";
import type { Resource } from "./resource";
import type { StackGraph } from "./stackGraph";
import { awsTypes } from "./types";
import { fieldOf, listOf, textOf, valueOf } from "./values";

/** Properties with the boot data of a server. */
const bootProperties = ["userData", "userDataBase64"];

/** Properties by which an instance, or a group of instances, refers to its template. */
const templateProperties = ["launchTemplate", "mixedInstancesPolicy", "launchConfiguration"];

const templateTypes = [awsTypes.launchTemplate, awsTypes.launchConfiguration];

/** Outputs of a database that references contain: DNS names, or ARNs. */
const addressOutputs = ["address", "endpoint", "readerEndpoint", "arn"];

/** The databases of a stack, and the resources that depend on them. */
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

  /** The databases that a resource's tag names; undefined where it names none in this stack. */
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

  /**
   * The databases that a server, or the servers behind a balancer, use according to their boot
   * data.
   */
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

  /**
   * Whether a database works in spite of the losses; a cluster works with any one of its instances.
   */
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

  /**
   * The resources with the boot data of a server: itself, its template, or the targets of a
   * balancer.
   */
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
      // Before deployment, or where the text is a secret, only its dependencies are known.
      return named.length > 0
        ? named
        : this.graph.dependenciesOf(machine, property, [
            awsTypes.database,
            awsTypes.databaseCluster,
          ]);
    });
  }
}

/** The names of a database in RDS. */
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

/** Whether a text contains a name as a whole, not only as a part of a longer one. */
function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const around = [text.charAt(at - 1), text.charAt(at + name.length)];
    if (!around.some((character) => /[\w-]/.test(character))) return true;
  }
  return false;
}

/** Boot data in lower case: as it is, followed by its text decoded from base64 and decompressed. */
function bootText(machine: Resource, property: string): string {
  // Inputs come first: some versions of the provider keep only a hash in the outputs.
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
    // It only looked compressed, so it has no text.
    return Buffer.alloc(0);
  }
}
