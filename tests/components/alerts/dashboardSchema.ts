import { z } from "zod";

/**
 * CloudWatch's documented structure of a dashboard's body, for the kinds of widgets used here. It
 * rejects undocumented keys.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */

/** "Any multiple of 60, with 60 as the minimum." */
const period = z.int().min(60).multipleOf(60);
/** "SampleCount | Average | Sum | Minimum | Maximum | p??" */
const stat = z.string().regex(/^(SampleCount|Average|Sum|Minimum|Maximum|p\d{1,2}(\.\d+)?)$/);
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/);
/** "The six-digit HTML hex color code." */
const color = z.string().regex(/^#[0-9a-f]{6}$/i);
const axis = z.strictObject({
  label: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  showUnits: z.boolean().optional(),
});

const rendering = z.strictObject({
  color: color.optional(),
  label: z.string().optional(),
  period: period.optional(),
  stat: stat.optional(),
  visible: z.boolean().optional(),
  yAxis: z.enum(["left", "right"]).optional(),
  region: region.optional(),
  accountId: z.string().optional(),
  /** "The Id must start with a lowercase letter." */
  id: z
    .string()
    .regex(/^[a-z]\w*$/)
    .optional(),
});

/** `[ Namespace, MetricName, [{DimensionName, DimensionValue}...] {Rendering Properties Object} ]` */
const metric = z.array(z.union([z.string().min(1), rendering])).superRefine((row, context) => {
  const texts = row.filter((part) => typeof part === "string");
  const objects = row.slice(texts.length);
  const isOrdered = row.slice(0, texts.length).every((part) => typeof part === "string");
  if (!isOrdered || objects.length > 1) {
    context.addIssue("texts, then one object at most");
  }
  if (texts.length < 2 || texts.length % 2 !== 0) {
    context.addIssue("a namespace, a name, and pairs of a dimension and its value");
  }
});
/** `[ {"expression" : "expression", ["label" : "label"] , ["id" : "id"] } ]` */
const expression = z.tuple([rendering.extend({ expression: z.string().min(1) })]);

const horizontal = z.strictObject({
  value: z.number(),
  label: z.string().optional(),
  color: color.optional(),
  fill: z.enum(["above", "below", "none"]).optional(),
  visible: z.boolean().optional(),
  yAxis: z.enum(["left", "right"]).optional(),
});

const metricProperties = z.strictObject({
  /** "One metrics array can include 0–500 metrics and expressions." */
  metrics: z.array(z.union([expression, metric])).max(500),
  region,
  title: z.string().optional(),
  period: period.optional(),
  stat: stat.optional(),
  stacked: z.boolean().optional(),
  view: z.enum(["timeSeries", "singleValue", "gauge", "bar", "pie", "table"]).optional(),
  liveData: z.boolean().optional(),
  sparkline: z.boolean().optional(),
  timezone: z
    .string()
    .regex(/^[+-]\d{4}$/)
    .optional(),
  legend: z.strictObject({ position: z.enum(["right", "bottom", "hidden"]) }).optional(),
  yAxis: z.strictObject({ left: axis.optional(), right: axis.optional() }).optional(),
  annotations: z.strictObject({ horizontal: z.array(horizontal) }).optional(),
});

const textProperties = z.strictObject({
  markdown: z.string(),
  background: z.enum(["transparent", "solid"]).optional(),
});

const alarmProperties = z.strictObject({
  /** "The array can have 1-100 ARNs." */
  alarms: z.array(z.string().startsWith("arn")).min(1).max(100),
  sortBy: z.enum(["default", "stateUpdatedTimestamp", "timestamp"]).optional(),
  states: z.array(z.enum(["ALARM", "INSUFFICIENT_DATA", "OK"])).optional(),
  title: z.string().optional(),
});

const place = {
  x: z.int().min(0).max(23),
  y: z.int().min(0),
  width: z.int().min(1).max(24),
  height: z.int().min(1).max(1000),
};

const widget = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("metric"), ...place, properties: metricProperties }),
    z.strictObject({ type: z.literal("text"), ...place, properties: textProperties }),
    z.strictObject({ type: z.literal("alarm"), ...place, properties: alarmProperties }),
  ])
  .refine(({ x, width }) => x + width <= 24, "wider than the grid of 24");

export const dashboardSchema = z.strictObject({
  /** "-PT" and minutes or hours, "-P" and days, weeks or months. */
  start: z
    .string()
    .regex(/^-P(T\d+[MH]|\d+[DWM])$/)
    .optional(),
  periodOverride: z.enum(["auto", "inherit"]).optional(),
  /** "An array of between 0 and 500 widget objects." */
  widgets: z.array(widget).max(500),
});
