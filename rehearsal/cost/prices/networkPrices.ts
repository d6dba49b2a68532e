import type { Price } from "../price";
import { priced, stepped } from "../price";
import { sources } from "./sources";

const regions = ["us-west-2", "eu-west-1", "us-east-1", "us-east-2"];
/** One processed GB per hour is a capacity unit; the highest of its dimensions counts. */
const capacityUnit = "capacity-unit-hour";
const likeVirginia = "the price in each region checked (us-east-1, Tokyo, Seoul)";

/** Balancers, gateways, addresses and traffic. */
export const networkPrices: readonly Price[] = [
  ...priced("nlb", "hour", sources.infracostBalancer, { "us-east-1": 0.0225 }),
  ...priced("nlb", "hour", sources.balancersOregon, { "us-west-2": 0.0225 }),
  ...priced(
    "nlb",
    "hour",
    sources.elbIreland,
    { "eu-west-1": 0.0252 },
    "an application balancer's price, which equals a network balancer's in every region",
  ),
  ...priced("nlb capacity", capacityUnit, sources.infracostBalancer, { "us-east-1": 0.006 }),
  ...priced(
    "nlb capacity",
    capacityUnit,
    sources.infracostBalancer,
    { "us-west-2": 0.006, "eu-west-1": 0.006 },
    likeVirginia,
  ),
  ...priced("alb", "hour", sources.elbVirginia, { "us-east-1": 0.0225 }),
  ...priced("alb", "hour", sources.balancersOregon, { "us-west-2": 0.0225 }),
  ...priced("alb", "hour", sources.elbIreland, { "eu-west-1": 0.0252 }),
  ...priced("alb capacity", capacityUnit, sources.elbVirginia, { "us-east-1": 0.008 }),
  ...priced("alb capacity", capacityUnit, sources.elbIreland, { "eu-west-1": 0.008 }),
  ...priced(
    "alb capacity",
    capacityUnit,
    sources.elbVirginia,
    { "us-west-2": 0.008 },
    "us-east-1 and eu-west-1 have the same price",
  ),
  ...priced("nat gateway", "hour", sources.balancersOregon, { "us-west-2": 0.045 }),
  ...priced("nat gateway", "hour", sources.natIreland, { "eu-west-1": 0.048 }),
  ...priced("nat gateway", "hour", sources.natVirginia, { "us-east-1": 0.045 }),
  ...priced("nat data", "GB", sources.natIreland, { "eu-west-1": 0.048 }),
  ...priced("nat data", "GB", sources.natVirginia, { "us-east-1": 0.045 }),
  ...priced(
    "nat data",
    "GB",
    sources.natVirginia,
    { "us-west-2": 0.045 },
    "Oregon as Virginia, whose gateways have the same hourly price",
  ),
  ...priced("public ipv4", "hour", sources.vpc, { "us-west-2": 0.005, "us-east-1": 0.005 }),
  ...priced("public ipv4", "hour", sources.vpcIreland, { "eu-west-1": 0.005 }),
  ...priced("interface endpoint", "hour", sources.infracostEndpoint, { "us-east-1": 0.01 }),
  ...priced("interface endpoint", "hour", sources.endpointIreland, { "eu-west-1": 0.011 }),
  ...priced("interface endpoint data", "GB", sources.infracostEndpoint, { "us-east-1": 0.01 }),
  ...stepped("data out", "GB", sources.transfer, regions, [
    [0, 0.09],
    [10_240, 0.085],
    [51_200, 0.07],
    [153_600, 0.05],
  ]),
  ...priced("data to a region", "GB", sources.transfer, {
    "us-west-2": 0.02,
    "eu-west-1": 0.02,
    "us-east-1": 0.02,
    "us-east-2": 0.02,
  }),
  ...priced("data between zones", "GB", sources.transfer, {
    "us-west-2": 0.01,
    "eu-west-1": 0.01,
    "us-east-1": 0.01,
    "us-east-2": 0.01,
  }),
];
