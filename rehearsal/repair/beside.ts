import { watchedGroup } from "../../routing/watchedName";
import type { Group, RecordSet } from "../../routing/model";
import type { StackModel } from "../../routing/graph/stackModel";
import { InputError } from "../../routing/inputError";
import { comparisonOf } from "../diff/compared";
import { reasonText, reasonsWorse } from "../diff/reasons";
import type { DiffSide, DiffState } from "../diff/side";
import { sideOf, diffStateOf } from "../diff/side";
import { defaultFaultRates } from "../proof/faultRates";
import type { Assessment, RepairOrder } from "./assess";
import { assess, worseThan } from "./assess";
import type { Edit } from "./edits";

/** Other names that some edits reach. */
interface Reached {
  /** Tiers below the names to mend. */
  readonly tiers: readonly string[];
  readonly others: readonly string[];
}

/**
 * The names beside those to mend: an edit may reach them by a check, a calculated check or the target of an alias that
 * they share. They are judged as `failover diff` judges them; the tiers below a name to mend only as that name is.
 */
export class Beside {
  private readonly sides = new Map<string, DiffSide>();
  private before: DiffState | undefined;
  private readonly assessed = new Map<string, Assessment>();

  /** @param names the names to mend */
  constructor(
    private readonly order: RepairOrder,
    private readonly names: readonly string[],
  ) {}

  /** What is worse of the names that the edits reach; undefined if nothing is. */
  worse(edits: readonly Edit[], after: Assessment): string | undefined {
    const { tiers, others } = this.reachedBy(edits, after);
    return this.worseTier(tiers, after) ?? this.worseOther(others, after);
  }

  /** The other names whose answers may differ after some edits. */
  reachedBy(edits: readonly Edit[], { model, spaces }: Assessment): Reached {
    const touched = new Set(
      edits.flatMap(({ changes, created = [] }) => [...changes, ...created].map(({ urn }) => urn)),
    );
    const inside = new Set(
      spaces
        .flatMap(({ name, type }) => model.route53.reachable(name, type))
        .map(({ name }) => name),
    );
    const reached = model.route53
      .names()
      .map(({ name }) => name)
      .filter((name) => !this.names.includes(name) && reliesOn(model, name, touched));
    return {
      tiers: reached.filter((name) => inside.has(name)),
      others: reached.filter((name) => !inside.has(name)),
    };
  }

  private worseTier(names: readonly string[], { resources }: Assessment): string | undefined {
    if (names.length === 0) return undefined;
    const { objectives, resources: old } = this.order;
    const before = known(this.assessed, names, () => assess(old, names, objectives));
    return worseThan(before, assess(resources, names, objectives))[0];
  }

  private worseOther(names: readonly string[], { resources }: Assessment): string | undefined {
    if (names.length === 0) return undefined;
    const was = known(this.sides, names, () => this.sideOf(this.order.resources, names));
    const is = this.sideOf(resources, names);
    const proof =
      "names" in was.proof && "names" in is.proof ? comparisonOf(was.proof, is.proof) : undefined;
    const [reason] = reasonsWorse(was, is, proof);
    return reason && reasonText(reason);
  }

  private sideOf(resources: RepairOrder["resources"], names: readonly string[]): DiffSide {
    const { stack, objectives } = this.order;
    this.before ??= diffStateOf({ title: stack, resources: this.order.resources });
    const state = diffStateOf({ title: stack, resources });
    // No edit changes the places or types of a name.
    return sideOf(state, this.before, { names, rates: defaultFaultRates, objectives });
  }
}

/** What is known of some names, or made now. */
function known<T>(all: Map<string, T>, names: readonly string[], make: () => T): T {
  const key = JSON.stringify(names);
  const found = all.get(key) ?? make();
  all.set(key, found);
  return found;
}

/** Whether the answers of a name depend on one of some records and checks; where Route 53 would refuse it, they may. */
function reliesOn(model: StackModel, name: string, touched: ReadonlySet<string>): boolean {
  try {
    return ["A", "AAAA"].some((type) => {
      const group = model.route53.group(name, type);
      return (group ? recordsBehind(model, group, type) : []).some((record) =>
        [record, ...model.route53.checksOf(record)].some(({ id }) => touched.has(id)),
      );
    });
  } catch (error) {
    if (error instanceof InputError) return true;
    throw error;
  }
}

/** The records of a name's tree, and those of the names that its checks probe. */
function recordsBehind(model: StackModel, group: Group, type: string): readonly RecordSet[] {
  const records = new Set<RecordSet>();
  const open = [{ group, type }];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const record of model.route53.reachableFrom(next.group, next.type)) {
      if (records.has(record)) continue;
      records.add(record);
      for (const check of model.route53.checksOf(record)) {
        const watched = watchedGroup(model, check);
        if (watched) open.push({ group: watched, type: "A" });
      }
    }
  }
  return [...records];
}
