import type { Resource, Value } from "../routing/graph/resource";
import { fieldOf, isList, textOf } from "../routing/graph/values";

/** The widgets of a CloudWatch dashboard; none if its JSON body cannot be read. */
export function widgetsOf(dashboard: Resource): readonly Value[] {
  const body = textOf(dashboard, "dashboardBody");
  const widgets = fieldOf(body === undefined ? undefined : parsed(body), "widgets");
  return isList(widgets) ? widgets : [];
}

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
