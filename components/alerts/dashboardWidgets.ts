/**
 * The subset of CloudWatch's dashboard format that is used here.
 *
 * @see
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export interface DashboardBody {
  /** Time range when the dashboard opens, up to now. */
  readonly start: string;
  /** `inherit`: graphs keep the periods given here. */
  readonly periodOverride: "inherit";
  readonly widgets: readonly Widget[];
}

/** A widget with its position, on a grid that is 24 wide. */
export type Widget = Unplaced & { readonly x: number; readonly y: number };

/** A widget with its size. */
export type Unplaced = {
  readonly width: number;
  readonly height: number;
} & (
  | { readonly type: "text"; readonly properties: { readonly markdown: string } }
  | { readonly type: "metric"; readonly properties: MetricProperties }
  | {
      readonly type: "alarm";
      readonly properties: {
        readonly title: string;
        readonly alarms: readonly string[];
        readonly sortBy: "stateUpdatedTimestamp";
      };
    }
);

export interface MetricProperties {
  readonly title: string;
  /** The region of all metrics of the widget. */
  readonly region: string;
  readonly view: "timeSeries";
  readonly stacked: boolean;
  readonly stat: string;
  readonly period: number;
  readonly metrics: readonly MetricRow[];
  readonly yAxis?: { readonly left: { readonly min: number; readonly max?: number } };
  readonly annotations?: {
    readonly horizontal: readonly { readonly label: string; readonly value: number }[];
  };
}

/** Namespace, name and dimensions, then the rendering options; or an expression over other rows. */
export type MetricRow =
  | readonly [...(readonly string[]), Rendering]
  | readonly [Rendering & { expression: string }];

export interface Rendering {
  readonly label?: string;
  /** Statistic of this row; default: that of the widget. */
  readonly stat?: string;
  /** Name of the row in expressions; begins with a lower-case letter. */
  readonly id?: string;
  readonly visible?: boolean;
  readonly expression?: string;
}

/** Columns of the grid. */
export const gridWidth = 24;

/** Rows of widgets, one below the other, each row from left to right. */
export function stacked(rows: readonly (readonly Unplaced[])[]): readonly Widget[] {
  let y = 0;
  return rows.flatMap((row) => {
    let x = 0;
    const top = y;
    y += Math.max(0, ...row.map(({ height }) => height));
    return row.map((widget) => {
      const left = x;
      x += widget.width;
      return { ...widget, x: left, y: top };
    });
  });
}
