/**
 * Continents and their countries according to Route 53 (DG resource-record-sets-values-geo). Other
 * lists differ: Russia is in Europe here.
 */
const countriesOf: Readonly<Record<string, string>> = {
  AF: "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW",
  AN: "AQ GS TF",
  AS: "AE AF AM AZ BD BH BN BT CC CN GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TM TR TW UZ VN YE",
  EU: "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
  NA: "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI",
  OC: "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU WF WS",
  SA: "AR BO BR CL CO EC FK GF GY PE PY SR UY VE",
};

/** The continent of a country; undefined for a code that Route 53 does not know. */
export function continentOf(country: string): string | undefined {
  return Object.entries(countriesOf).find(([, countries]) =>
    countries.split(" ").includes(country),
  )?.[0];
}

/** Degrees north and east. */
export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

interface Region extends Coordinates {
  readonly country: string;
  readonly subdivision?: string;
}

const region = (
  country: string,
  latitude: number,
  longitude: number,
  subdivision?: string,
): Region => ({ country, latitude, longitude, ...(subdivision ? { subdivision } : {}) });

/**
 * Where AWS regions are: the country or state that AWS names ("Regions and Zones"), and for
 * distances the city or the middle of the state, because AWS publishes nothing more precise.
 */
export const awsRegions: Readonly<Record<string, Region>> = {
  "af-south-1": region("ZA", -33.9, 18.4),
  "ap-east-1": region("HK", 22.3, 114.2),
  "ap-east-2": region("TW", 25.0, 121.6),
  "ap-northeast-1": region("JP", 35.7, 139.7),
  "ap-northeast-2": region("KR", 37.6, 127.0),
  "ap-northeast-3": region("JP", 34.7, 135.5),
  "ap-south-1": region("IN", 19.1, 72.9),
  "ap-south-2": region("IN", 17.4, 78.5),
  "ap-southeast-1": region("SG", 1.4, 103.8),
  "ap-southeast-2": region("AU", -33.9, 151.2),
  "ap-southeast-3": region("ID", -6.2, 106.8),
  "ap-southeast-4": region("AU", -37.8, 145.0),
  "ap-southeast-5": region("MY", 3.1, 101.7),
  "ap-southeast-6": region("NZ", -36.8, 174.8),
  "ap-southeast-7": region("TH", 13.8, 100.5),
  "ca-central-1": region("CA", 45.5, -73.6),
  "ca-west-1": region("CA", 51.0, -114.1),
  "eu-central-1": region("DE", 50.1, 8.7),
  "eu-central-2": region("CH", 47.4, 8.5),
  "eu-north-1": region("SE", 59.3, 18.1),
  "eu-south-1": region("IT", 45.5, 9.2),
  "eu-south-2": region("ES", 41.6, -0.9),
  "eu-west-1": region("IE", 53.3, -6.3),
  "eu-west-2": region("GB", 51.5, -0.1),
  "eu-west-3": region("FR", 48.9, 2.4),
  "il-central-1": region("IL", 32.1, 34.8),
  "me-central-1": region("AE", 24.5, 54.4),
  "me-south-1": region("BH", 26.1, 50.6),
  "mx-central-1": region("MX", 20.6, -100.4),
  "sa-east-1": region("BR", -23.6, -46.6),
  "us-east-1": region("US", 38.9, -77.5, "VA"),
  "us-east-2": region("US", 40.0, -83.0, "OH"),
  "us-west-1": region("US", 37.4, -121.9, "CA"),
  "us-west-2": region("US", 45.8, -119.7, "OR"),
};

/** The mean radius of the Earth, in kilometres (IUGG). */
const earthRadiusKilometres = 6371;

/** The distance along a great circle, in kilometres (haversine formula). */
export function kilometresBetween(a: Coordinates, b: Coordinates): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [north, east] = [b.latitude - a.latitude, b.longitude - a.longitude].map(
    (degrees) => Math.sin(radians(degrees) / 2) ** 2,
  ) as [number, number];
  const chord = north + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * east;
  return 2 * earthRadiusKilometres * Math.asin(Math.min(1, Math.sqrt(chord)));
}
