import type { EndpointHealthCheck, RecordSet } from "../model";
import { valuesOf } from "../view";
import { Databases } from "./databases";
import type { Fault } from "./faults";
import type { Losses } from "./need";
import type { Resource } from "./resource";
import type { StackInventory } from "./stackInventory";
import { watchedGroup } from "../watchedName";

/** What lives and what is lost, in a logic. */
export interface Living<B> {
  readonly losses: Losses<B>;
  isAlive(record: RecordSet, value: string, asked?: string): B;
}

/** Which servers rely on which databases, and which checks test that. */
export class Reliance {
  private readonly databases: Databases;
  /** By state and question: each failure mode asks again. */
  private readonly without = new WeakMap<Living<boolean>, Map<string, boolean>>();
  private readonly asking = new Map<string, boolean>();

  constructor(private readonly stack: StackInventory) {
    this.databases = new Databases(stack.graph);
  }

  /** URNs of the lost databases that a server uses. */
  lostTo(server: string, losses: Losses<boolean>): readonly string[] {
    return this.databases
      .usedBy(server)
      .filter((database) => !this.databases.lives(database, losses))
      .map(({ urn }) => urn);
  }

  /** URNs of the databases that a server uses. */
  databasesOf(server: string): readonly string[] {
    return this.databases.usedBy(server).map(({ urn }) => urn);
  }

  /** Whether the endpoint at a value lives and has its databases. */
  worksFully<B>(
    living: Living<B>,
    { leaf, value, asked }: { leaf: RecordSet; value: string; asked?: string | undefined },
  ): B {
    const { losses } = living;
    return losses.logic.and(living.isAlive(leaf, value, asked), () => {
      const server = this.stack.endpointOfValue(leaf, value)?.urn ?? leaf.id;
      return losses.logic.not(this.isServerWithout(server, losses));
    });
  }

  /** Whether a database that a server uses is lost. */
  isServerWithout<B>(server: string, losses: Losses<B>): B {
    return this.isAnyLost(this.databases.usedBy(server), losses);
  }

  /** Whether a database that the check's tag names is lost. */
  isLostTo<B>(check: EndpointHealthCheck, losses: Losses<B>): B {
    return this.isAnyLost(this.declaredBy(check) ?? [], losses);
  }

  private isAnyLost<B>(databases: readonly Resource[], losses: Losses<B>): B {
    return losses.logic.some(databases, (database) =>
      losses.logic.not(this.databases.lives(database, losses)),
    );
  }

  /**
   * Whether a check by name requests more than the checks of the endpoints at that name: another
   * path. Then it is assumed to test everything that those endpoints rely on, unless its tag names
   * the databases. Where no endpoint's check has a path to compare with, this is unknown, and the
   * answer is no.
   */
  asksForMore(check: EndpointHealthCheck): boolean {
    let asks = this.asking.get(check.id);
    if (asks === undefined) {
      const { byAddress, path } = check;
      asks =
        !byAddress &&
        path !== undefined &&
        this.declaredBy(check) === undefined &&
        isAnother(path, this.pathsBehind(check));
      this.asking.set(check.id, asks);
    }
    return asks;
  }

  /** Whether a name has a living endpoint without its database. */
  isWithout({ observed }: { observed: Living<boolean> }, name: string, type: string): boolean {
    const known = this.without.get(observed) ?? new Map<string, boolean>();
    this.without.set(observed, known);
    const question = `${name} ${type}`;
    const isWithout = known.get(question) ?? this.whenWithout(observed, name, type);
    known.set(question, isWithout);
    return isWithout;
  }

  /** The same in any logic. */
  whenWithout<B>(living: Living<B>, name: string, type: string): B {
    const { losses } = living;
    const { logic } = losses;
    if (this.databases.areNone) return logic.constant(false);
    return logic.some(this.stack.route53.reachable(name, type), (record) =>
      logic.some(valuesOf(record), (value) => {
        const server = this.stack.endpointOfValue(record, value)?.urn;
        return server === undefined
          ? logic.constant(false)
          : logic.and(living.isAlive(record, value, name), () =>
              this.isServerWithout(server, losses),
            );
      }),
    );
  }

  /**
   * A fault for each failure behind living endpoints: a database where the check that would notice
   * relies on one, else the check itself.
   */
  faults(name: string, type: string): readonly Fault[] {
    const faults = this.stack.nameChecks(name, type).flatMap(({ id, label }): Fault[] => {
      const check = this.stack.route53.checks.get(id);
      const databases = check?.kind === "endpoint" ? this.databasesBehind(check) : [];
      return databases.length > 0
        ? databases.map((database) => ({
            kind: "resource",
            name: database.name,
            urns: [database.urn],
          }))
        : [{ kind: "check", name: `check:${label}`, urns: [id] }];
    });
    return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
  }

  private databasesBehind(check: EndpointHealthCheck): readonly Resource[] {
    const declared = this.declaredBy(check);
    if (declared || !this.asksForMore(check)) return declared ?? [];
    const servers = this.recordsBehind(check).flatMap((record) => this.stack.endpointsOf(record));
    return [...new Set(servers.flatMap(({ urn }) => this.databases.usedBy(urn)))];
  }

  private declaredBy({ id }: EndpointHealthCheck): readonly Resource[] | undefined {
    const resource = this.stack.graph.get(id);
    return resource && this.databases.declaredBy(resource);
  }

  /** The records that can take part in what a check by name finds. */
  private recordsBehind(check: EndpointHealthCheck): readonly RecordSet[] {
    const group = watchedGroup(this.stack, check);
    return group ? this.stack.route53.reachableFrom(group, "A") : [];
  }

  /** The paths that the checks of the endpoints behind a check by name request. */
  private pathsBehind(check: EndpointHealthCheck): readonly string[] {
    const { checks } = this.stack.route53;
    return this.recordsBehind(check).flatMap(({ checkId }) => {
      const behind = checkId === undefined ? undefined : checks.get(checkId);
      return behind?.kind === "endpoint" && behind.path !== undefined ? [behind.path] : [];
    });
  }
}

function isAnother(path: string, paths: readonly string[]): boolean {
  return paths.length > 0 && !paths.includes(path);
}
