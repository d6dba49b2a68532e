/** Experiments of AWS FIS, whose provider has lists where AWS has mappings. */
import type { JsonObject, Row } from "./kit";
import { as, objectOf, objectsOf, only, pascal, textOf, without } from "./kit";

/** A list of named items as a mapping. */
const byName = (value: JsonObject[string], of: (one: JsonObject) => JsonObject): JsonObject =>
  Object.fromEntries(objectsOf(value).map(({ name, ...one }) => [textOf(name), of(one)]));

const keyed = (value: JsonObject[string]): JsonObject =>
  Object.fromEntries(objectsOf(value).map(({ key: name, value: item }) => [textOf(name), item]));

const experimentTemplate: Row = (inputs) => {
  const { actions, targets, tags, experimentReportConfiguration, ...rest } = inputs;
  const sent = {
    ...rest,
    ...(experimentReportConfiguration === undefined
      ? {}
      : { experimentReportConfiguration: reportOf(objectOf(experimentReportConfiguration)) }),
    actions: byName(actions, ({ parameters, target, ...one }) => ({
      ...one,
      ...(parameters === undefined ? {} : { parameters: keyed(parameters) }),
      ...(target === undefined ? {} : { targets: keyed([target]) }),
    })),
    targets: byName(targets, ({ resourceTags, ...one }) => ({
      ...one,
      ...(resourceTags === undefined ? {} : { resourceTags: keyed(resourceTags) }),
    })),
    ...as("tags", tags),
  };
  return {
    calls: [
      {
        service: "fis",
        operation: "CreateExperimentTemplate",
        parameters: { clientToken: "once", ...sent },
      },
    ],
    declaration: {
      type: "AWS::FIS::ExperimentTemplate",
      properties: declaredExperiment(sent),
    },
  };
};

const reportOf = ({ dataSources, ...rest }: JsonObject): JsonObject => ({
  ...rest,
  dataSources: Object.fromEntries(
    Object.entries(objectOf(dataSources)).map(([name, item]) => [
      name === "cloudwatchDashboards" ? "cloudWatchDashboards" : name,
      objectsOf(item).map(({ dashboardArn, ...one }) => ({
        ...one,
        dashboardIdentifier: dashboardArn,
      })),
    ]),
  ),
});

/** With capitals, except the keys of mappings and the names that FIS defines. */
function declaredExperiment({ actions, targets, tags, ...rest }: JsonObject): JsonObject {
  const each = (value: JsonObject[string], mappings: readonly string[]) =>
    Object.fromEntries(
      Object.entries(objectOf(value)).map(([name, item]) => {
        const one = objectOf(item);
        return [
          name,
          {
            ...pascal(without(one, ...mappings)),
            ...Object.fromEntries(
              Object.entries(only(one, ...mappings)).map(([at, content]) => [
                at.charAt(0).toUpperCase() + at.slice(1),
                content,
              ]),
            ),
          },
        ];
      }),
    );
  const { ExperimentReportConfiguration, ...others } = pascal(rest);
  const { Outputs, ...report } = objectOf(ExperimentReportConfiguration);
  const { S3Configuration, ...outputs } = objectOf(Outputs);
  return {
    ...others,
    ...(ExperimentReportConfiguration === undefined
      ? {}
      : {
          ExperimentReportConfiguration: {
            ...report,
            Outputs: { ...outputs, ExperimentReportS3Configuration: S3Configuration },
          },
        }),
    Actions: each(actions, ["parameters", "targets"]),
    Targets: each(targets, ["resourceTags", "parameters"]),
    ...as("Tags", tags),
  };
}

export const experimentRows: Readonly<Record<string, Row>> = {
  "aws:fis/experimentTemplate:ExperimentTemplate": experimentTemplate,
};
