import type { StackModel } from "../../routing/graph/stackModel";
import type { DrillApp } from "./drillRun";
import type { ControllerEvent } from "../simulation/controllerEvents";

/** What a drill is of, and how it runs. */
export interface DrillOrder {
  readonly model: StackModel;
  readonly title: string;
  readonly name: string;
  readonly type: string;
  readonly regionNames: ReadonlyMap<string, string>;
  readonly objectives: ReadonlyMap<string, number>;
  readonly app: DrillApp;
  readonly speed: number;
  readonly seed: number;
  /** The name server's address; the servers follow it. */
  readonly address: string;
  /** The port of all servers; 0: a free one. */
  readonly port: number;
  /** The port of the name server; 0: a free one. */
  readonly namesPort: number;
  /** What was not read and decides who answers, in sentences. */
  readonly unread: readonly string[];
  readonly startedAt: Date;
  /** What a scenario does to the gate's controller. */
  readonly gateEvents?: readonly ControllerEvent[];
}
