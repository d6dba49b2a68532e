/** A complete environment of the function. */
export const environment: Readonly<Record<string, string>> = {
  ORDER_URL: "https://oregon.orders.cafe.com/orders",
  ORDER_SECRET_ID: "failover-prod-synthetic-orders",
  METRIC_NAMESPACE: "failover",
  METRIC_NAME: "SyntheticOrderSucceeded",
  METRIC_DIMENSION_NAME: "EntryName",
  METRIC_DIMENSION_VALUE: "oregon.orders.cafe.com",
  AWS_REGION: "us-east-2",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_SESSION_TOKEN: "token",
};
