import type { AnsweringView } from "../../routing/resolve";
import type { Draws } from "../simulation/random";
import type { ResolvedAddress } from "./customers";

/** What the names of a drill are answered by. */
export interface NamesOrder {
  readonly view: () => AnsweringView;
  /** The address on this machine that stands for a declared address or AWS name. */
  readonly addressOf: (value: string) => string | undefined;
  readonly draws: Draws;
}

/** Asks for addresses within the process. */
export class Names {
  constructor(private readonly order: NamesOrder) {}

  /** One of the addresses of a name, as a client takes it; undefined without an answer. */
  resolve(name: string): Promise<ResolvedAddress | undefined> {
    const { answers } = this.order.view().resolve(name, "A");
    let share = this.order.draws.share();
    const drawn = answers.find(({ probability }) => (share -= probability) < 0);
    const address = drawn && this.order.addressOf(drawn.value);
    return Promise.resolve(
      address === undefined ? undefined : { address, ttlSeconds: drawn?.ttlSeconds ?? 0 },
    );
  }
}
