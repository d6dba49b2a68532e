/**
 * Values that only AWS, or another stack, knows, as a program has them at once: of a look-up that it awaits. The
 * SDK takes one for unknown where it goes into a resource or an `Output`. A text that is made of one holds a mark,
 * by which the text is unknown too. What else needs the value is refused: the program would go on with another one.
 */
import { isWireObject, signatureKey, unknownWire } from "./wire";
import type { Wire, WireProperties } from "./wire";

/** Stands for an unknown value in a text. Unicode keeps this character out of all text: it is a noncharacter. */
const mark = "\uFDD0";

/** The error for a use that needs a value, of which the path is given. */
export type RefusalOf = (path: string) => Error;

/** Names that lists, texts and numbers have of their own, such as `map` and `length`. */
const isMethod = (key: PropertyKey): boolean =>
  [Array, String, Number].some(({ prototype }) => key in prototype);

/** By these the SDK, and `await`, ask of what kind a value is. */
const isQuestion = (key: PropertyKey): boolean =>
  typeof key === "string" && (key.startsWith("__") || key === "then" || key === "doNotCapture");

/** A value of which nothing is known; its path is for the message of a refusal. */
export function unknownValue(path: string, refusal: RefusalOf): object {
  return unknown(path, refusal, isMethod, () => {
    throw refusal(path);
  });
}

/** The result of a call without an answer. Its fields have the path of their name. */
export function unknownResult(refusal: RefusalOf): object {
  let isListed = false;
  const isOfObjects = (key: PropertyKey): boolean => key in Object.prototype;
  return unknown("", refusal, isOfObjects, () => {
    // The SDK lists the fields of each result, to find secrets, before the program has it.
    if (isListed) throw refusal("its list of fields");
    isListed = true;
    return [];
  });
}

/**
 * The result of a call, of which some fields are known: the others are not absent, but unknown.
 *
 * @param onUnknown is told of each unknown field that the program reads
 */
export function partlyKnownResult(
  known: WireProperties,
  refusal: RefusalOf,
  onUnknown: (field: string) => void,
): object {
  return new Proxy(known, {
    get: (target, key, receiver): unknown => {
      if (key in target || typeof key === "symbol" || isQuestion(key) || key === "toJSON") {
        return Reflect.get(target, key, receiver);
      }
      onUnknown(key);
      return unknownValue(key, refusal);
    },
  });
}

function unknown(
  path: string,
  refusal: RefusalOf,
  isOwn: (key: PropertyKey) => boolean,
  ownKeys: () => string[],
): object {
  return new Proxy(
    {},
    {
      get: (_, key): unknown => {
        if (key === "__pulumiUnknown") return true;
        if (isQuestion(key)) return undefined;
        if (key === Symbol.toPrimitive) return (hint: string) => textFor(hint, path, refusal);
        if (key === "toString" || key === "toJSON") return () => mark;
        if (typeof key === "symbol") throw refusal(path === "" ? "its list of fields" : path);
        const inside = pathOf(path, key);
        if (isOwn(key)) throw refusal(inside);
        return unknownValue(inside, refusal);
      },
      ownKeys,
      has: () => {
        throw refusal(path === "" ? "its list of fields" : path);
      },
    },
  );
}

/** The path of a field: `tags.Name`, or `ids[0]` of a list. */
function pathOf(path: string, key: string): string {
  if (path === "") return key;
  return /^\d+$/.test(key) ? `${path}[${key}]` : `${path}.${key}`;
}

function textFor(hint: string, path: string, refusal: RefusalOf): string {
  if (hint === "number") throw refusal(path);
  return mark;
}

/**
 * A value that a program needs as it is.
 *
 * @throws the refusal of an unknown value, or the given one for a text that is made of one
 */
export function needed(value: unknown, refusal: () => Error): unknown {
  const isUnknown =
    typeof value === "object" && Reflect.get(value ?? {}, "__pulumiUnknown") === true;
  if (isUnknown) Number(value);
  if (typeof value === "string" && isMarked(value)) throw refusal();
  return value;
}

/** Whether a text is made of an unknown value. */
export function isMarked(text: string): boolean {
  return text.includes(mark);
}

/** What a program sends, with each text that is made of an unknown value as unknown. */
export function withUnknownTexts(value: Wire): Wire {
  if (typeof value === "string") return isMarked(value) ? unknownWire : value;
  if (Array.isArray(value)) return value.map(withUnknownTexts);
  if (!isWireObject(value)) return value;
  if (Object.keys(value).some(isMarked)) return unknownWire;
  return propertiesWithUnknownTexts(value);
}

/** The same for properties. */
export function propertiesWithUnknownTexts(properties: WireProperties): WireProperties {
  return Object.fromEntries(
    Object.entries(properties).map(([key, item]) => [
      key,
      key === signatureKey ? item : withUnknownTexts(item),
    ]),
  );
}
