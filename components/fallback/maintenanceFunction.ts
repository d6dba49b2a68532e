/** Settings of the static tier's edge responses. */
export interface MaintenanceFunctionArgs {
  /** Key of the page in its bucket. */
  readonly pageKey: string;
  /** `Retry-After` for browsers and crawlers, in seconds. */
  readonly retryAfterSeconds: number;
}

/** Runtime of the function. */
export const maintenanceRuntime = "cloudfront-js-2.0";

/**
 * Source of the CloudFront function of the maintenance page, for both viewer events.
 * Every GET and HEAD becomes an unconditional request for the page: browsers hold cached pages of
 * the shop, and a 304 has no body to show. Any other method, such as an order, is answered
 * immediately. Every response is a 503 that is not cached. A function may set the status of a
 * response and keep its body. CloudFront's custom error pages cannot: they replace an error of the
 * bucket, and the bucket returns none.
 *
 * @see
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html#functions-event-structure-status-body
 */
export function maintenanceFunction({
  pageKey,
  retryAfterSeconds,
}: MaintenanceFunctionArgs): string {
  return `var conditions = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range"];

function handler(event) {
  if (event.context.eventType === "viewer-response") return closed(event.response);
  var request = event.request;
  if (request.method !== "GET" && request.method !== "HEAD") {
    return closed({
      headers: { "content-type": { value: "text/plain; charset=utf-8" } },
      body: "Online ordering is closed at the moment, and no order was placed. Please try again in a few minutes.\\n",
    });
  }
  conditions.forEach(function (name) {
    delete request.headers[name];
  });
  request.uri = ${JSON.stringify(`/${pageKey}`)};
  request.querystring = {};
  return request;
}

function closed(response) {
  response.statusCode = 503;
  response.statusDescription = "Service Unavailable";
  response.headers["cache-control"] = { value: "no-store" };
  response.headers["retry-after"] = { value: "${retryAfterSeconds}" };
  return response;
}
`;
}
