/**
 * The functions of the language that take a text apart. An unknown value gives them a text with a mark, of which they
 * would make an error or another value, and the program would go on with that. Active while a program runs.
 */
import { needed } from "./unknownAnswer";

type Parse = (text: unknown, ...others: unknown[]) => unknown;

const parsers: readonly (readonly [owner: object, name: string])[] = [
  [JSON, "parse"],
  [globalThis, "parseInt"],
  [globalThis, "parseFloat"],
  [Number, "parseInt"],
  [Number, "parseFloat"],
];

/**
 * Has these functions refuse what is unknown, until the returned function is called.
 *
 * @param refusal the error for a text that is made of an unknown value
 */
export function takeParsers(refusal: (name: string) => Error): () => void {
  const given = parsers.map(([owner, name]) => {
    const parse = Reflect.get(owner, name) as Parse;
    const checked: Parse = (text, ...others) =>
      parse(
        needed(text, () => refusal(name)),
        ...others,
      );
    Reflect.set(owner, name, checked);
    return () => Reflect.set(owner, name, parse);
  });
  return () => {
    for (const giveBack of given) giveBack();
  };
}
