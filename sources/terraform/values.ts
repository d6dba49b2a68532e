import type { Properties, Value } from "../../routing/graph/resource";
import { Unknown } from "../../routing/graph/resource";
import { isList, isObject } from "../../routing/graph/values";
import { memberOf } from "../fields";
import type { TerraformType } from "./types";

/**
 * Replaces masked values by `Unknown`: a mask has `true` in place of each (JSON Output Format,
 * change representation).
 */
export function masked(value: Value | undefined, mask: Value | undefined): Value {
  if (mask === true) return new Unknown("computed");
  if (isList(mask)) {
    const items = isList(value) ? value : [];
    const length = Math.max(items.length, mask.length);
    return Array.from({ length }, (_, index) => masked(items[index], mask[index]));
  }
  if (isObject(mask)) {
    const names = new Set([...Object.keys(isObject(value) ? value : {}), ...Object.keys(mask)]);
    return Object.fromEntries(
      [...names].map((name) => [name, masked(memberOf(value, name), memberOf(mask, name))]),
    );
  }
  return value ?? null;
}

/** The values of a resource in the form of Pulumi's provider; nulls are left out. */
export function pulumiProperties(values: Value, type: TerraformType): Properties {
  return isObject(values) ? blockOf(values, type) : {};
}

function blockOf(values: Readonly<Record<string, Value>>, type: TerraformType): Properties {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, Value][] => {
      const written = valueIn(value, type);
      const one = (type.single ?? []).includes(name) && isList(written) ? written[0] : written;
      return one === null || one === undefined ? [] : [[propertyOf(name, type), one]];
    }),
  );
}

/** Objects in lists are blocks; elsewhere they are mappings, whose keys the user chose. */
function valueIn(value: Value, type: TerraformType): Value {
  if (!isList(value)) return value;
  return value.map((item) => (isObject(item) ? blockOf(item, type) : item));
}

/** The name of an argument in Pulumi's provider. */
export function propertyOf(argument: string, type: TerraformType): string {
  return type.names?.[argument] ?? camelCase(argument);
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
