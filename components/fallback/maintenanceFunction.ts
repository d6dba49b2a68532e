/** What the static tier's edge says. */
export interface MaintenanceFunctionArgs {
  /** Key of the page in its bucket. */
  readonly pageKey: string;
  /** When browsers and crawlers may try again, in seconds. */
  readonly retryAfterSeconds: number;
}

/** Runtime that the source is written for. */
export const maintenanceRuntime = "cloudfront-js-2.0";

/**
 * Source of the CloudFront function of the maintenance page, for both events of a viewer.
 *
 * A request for anything is a request for the page, with no condition left on it: a browser has
 * pages of the shop with dates of their own, and a 304 has no body to show. What is not a read, such
 * as an order, is answered at once. Every answer is a 503 that nobody keeps. A function may set the
 * status of a response and leave its body alone, and CloudFront's own error pages cannot do as much:
 * they stand in for an error of the bucket, of which there is none here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html#functions-event-structure-status-body
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
      body: "Online ordering is closed for the moment, and nothing was taken. Please try again in a few minutes.\\n",
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
