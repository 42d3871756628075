import { toJson } from "../../engine/emit/json";
import type { World } from "../../engine/model/resolve";
import { aliases, aliasFile } from "./aliases";
import { requests } from "./requests";
import { ruleRecords, rules, zonesIn } from "./rules";

/** What OPNsense is given: aliases and rules as it imports them, and requests for the rest. */
export function routerFiles(world: World): ReadonlyMap<string, string> {
  const { router } = world.lab;
  if (!router) return new Map();
  return new Map([
    ["infra/out/opnsense/aliases.json", toJson(aliasFile(aliases(zonesIn(world, router), world.lab)))],
    ["infra/out/opnsense/rules.json", toJson({ rules: ruleRecords(rules(world, router)) })],
    ["infra/out/opnsense/requests.json", toJson({ endpoint: router.endpoint, requests: requests(world, router) })],
  ]);
}
