import { toJson } from "../engine/emit/json";
import type { Lab } from "../engine/model/lab";
import { resolve, type World } from "../engine/model/resolve";
import { hostFiles } from "./hosts/files";
import { reportFiles } from "./reports/files";
import { routerFiles } from "./router/files";
import { s3Requests } from "./s3/requests";
import { stackText } from "./stack";
import { stacksOf } from "./stacks";
import { omadaFiles } from "./switches/omada";

/**
 * Everything that machines, networks and the off-site store are made from, as files below `infra/out`, and pages about it. Pure: no clock, no
 * network, no program besides Node. The lab must have passed its checks.
 */
export function infraFiles(lab: Lab, world: World = resolve(lab).world): ReadonlyMap<string, string> {
  return new Map([
    ...stacksOf(world).map((stack) => [`infra/out/${stack.name}/cdk.tf.json`, stackText(stack, lab)] as const),
    ...s3Files(world),
    ...hostFiles(lab),
    ...routerFiles(world),
    ...omadaFiles(lab),
    ...reportFiles(world),
  ]);
}

/** Where copies go to a service that speaks S3: its buckets, as requests. */
function s3Files(world: World): ReadonlyMap<string, string> {
  const offsite = world.lab.backups?.offsite;
  if (offsite?.kind !== "s3") return new Map();
  const { endpoint, region } = offsite;
  return new Map([["infra/out/s3/requests.json", toJson({ endpoint, region, requests: s3Requests(world, offsite) })]]);
}
