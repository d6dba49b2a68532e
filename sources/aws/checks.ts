import { awsTypes } from "../../routing/graph/types";
import type { Declared, Names } from "../declare";
import type { Field } from "../fields";
import { fieldsOf, memberOf, propertiesOf, textOr } from "../fields";
import { alarmIdentifierFields, healthCheckFields } from "../route53Fields";
import type { AwsAnswer } from "./answers";
import { itemsIn } from "./answers";
import type { ListedTags } from "./tags";

/** Fields of the API that Pulumi's provider does not have. */
const newerFields: readonly Field[] = [["EndpointType", "endpointType"]];

/** The health checks of `list-health-checks`. */
export function checksIn(answers: readonly AwsAnswer[], names: Names, tags: ListedTags): Declared {
  const declarations = itemsIn(answers, "HealthChecks").map(({ value }) => {
    const id = textOr(value, "Id", "");
    const config = memberOf(value, "HealthCheckConfig");
    return {
      type: awsTypes.healthCheck,
      name: names.of(awsTypes.healthCheck, tags.nameOf(id), id),
      id,
      properties: {
        ...propertiesOf([...healthCheckFields, ...newerFields], fieldsOf(config)).properties,
        ...propertiesOf(alarmIdentifierFields, fieldsOf(memberOf(config, "AlarmIdentifier")))
          .properties,
        tags: tags.of(id),
      },
    };
  });
  return { declarations, notes: [] };
}
