import type { PropertyName } from "./properties";

/** What happens where a property is broken, in words. */
export const propertyWords: Readonly<Record<PropertyName, string>> = {
  noDeadAnswer: "a dead answer while an endpoint works",
  aliveAtRest: "a dead answer while all is well",
  noNeedlessFailover: "the secondary answers while its primary works",
  noAnswerWithoutDatabase: "a server without its database while another has its own",
  alwaysAnswered: "no answer",
  noPageWhileLatched: "the page or a dead answer by a set latch while an endpoint works",
  latchMovesTraffic: "a latch that moves nobody when it is set",
};

/** A property that is broken, or that may be if what was not read is so. */
interface Breach {
  readonly property: PropertyName;
  readonly isOpen: boolean;
  readonly blame: { readonly record: string; readonly why: string };
}

/** What is broken, and what is to blame. */
export function breachText({ property, isOpen, blame }: Breach): string {
  const words = propertyWords[property];
  return `${isOpen ? `unknown, perhaps ${words}` : words}; ${blame.record}: ${blame.why}`;
}
