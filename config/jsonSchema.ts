import { z } from "zod";
import { schema } from "./schema";

/** The settings of a stack as a JSON Schema, with what a schema can say of each constraint. */
export function settingsJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}
