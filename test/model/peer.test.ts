import { z } from "zod";
import { speaks } from "../../engine/model/needs";
import { place, type Placement } from "../../engine/model/placement";
import { resolve } from "../../engine/model/resolve";
import { appOf, clusterOf, labOf } from "../lab-of";

const llm = appOf({ name: "llm", settings: z.object({ size: z.int().default(1) }), needs: { exposes: { api: { port: 80, scheme: "http", reach: "cluster", speaks: "openai" } } } });
const caller = appOf({ name: "caller", needs: { talksTo: { models: speaks("openai") } } });

const findingsOf = (...runs: readonly Placement[]) => resolve(labOf({ clusters: [clusterOf({ runs })] })).findings;

test("who names a release whose settings are wrong has no mistake of its own", () => {
  const findings = findingsOf(place(llm, { settings: { size: "large" as never } }), place(caller, { using: { models: "one/llm" } }));
  expect(findings.map(({ rule, address }) => [rule, address])).toEqual([["setting-valid", "one/llm"]]);
});

test("whom a broken release beside it may have answered is not told that nobody does", () => {
  const findings = findingsOf(place(llm, { settings: { size: "large" as never } }), place(caller));
  expect(findings.map(({ rule, address }) => [rule, address])).toEqual([["setting-valid", "one/llm"]]);
  expect(findingsOf(place(caller)).map(({ rule }) => rule)).toEqual(["peer-resolved"]);
});

test("who names what does not exist is told so, with the name that was probably meant", () => {
  const findings = findingsOf(place(llm), place(llm, { as: "llm-2" }), place(caller, { using: { models: "one/lmm" } }));
  expect(findings).toMatchObject([{ rule: "peer-resolved", found: 'using.models = "one/lmm", and there is no such release or external', fix: 'Write using.models = "one/llm"' }]);
});

test("who names a release that says something else is told what it does not speak", () => {
  const findings = findingsOf(place(llm), place(appOf({ name: "lamp" })), place(caller, { using: { models: "one/lamp" } }));
  expect(findings).toMatchObject([{ rule: "peer-resolved", found: 'using.models = "one/lamp", which does not speak openai' }]);
});
