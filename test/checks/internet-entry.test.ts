import { cloudflareTunnel } from "../../apps/cloudflared/provides";
import { internetEntry } from "../../engine/checks/releases/internet-entry";
import { needMet } from "../../engine/checks/releases/need-met";
import { kind } from "../../engine/model/distribution";
import type { Endpoint } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { appOf, clusterOf, worldOf } from "../lab-of";

const people = [{ name: "ada", email: "ada@test.example", groups: ["admins"] }];
const internet = cloudflareTunnel({ team: "house", audiences: { "app.one.test.example": "0123" } });

const web = (endpoint: Partial<Endpoint>) => place(appOf({ needs: { exposes: { web: { port: 8080, scheme: "http", reach: "internet", ...endpoint } } } }));
const found = (endpoint: Partial<Endpoint>, cluster: Parameters<typeof clusterOf>[0] = { provides: { internet } }) =>
  internetEntry(worldOf({ people, clusters: [clusterOf({ ...cluster, runs: [web(endpoint)] })] })).map((it) => it.found);

test("nobody is let in from the internet unsaid", () => {
  expect(found({})).toEqual(["exposes.web reaches the internet, and does not say who may enter"]);
});

test("groups are let in only where something asks who calls", () => {
  const unasked = "exposes.web lets in admins from the internet, and nothing asks at app.one.test.example who calls";
  expect(found({ enter: ["admins"] }, { provides: { internet: cloudflareTunnel() } })).toEqual([unasked]);
  expect(found({ enter: ["admins"] }, {})).toEqual([unasked]);
  expect(found({ enter: ["admins"] })).toEqual([]);
});

test("a group that nobody is in is named, with the one that was meant", () => {
  const [finding] = internetEntry(worldOf({ people, clusters: [clusterOf({ provides: { internet }, runs: [web({ enter: ["admin"] })] })] }));
  expect(finding).toMatchObject({ found: 'exposes.web lets in "admin", and nobody of the lab is in it', fix: 'Write "admins"' });
});

test("everyone is let in by saying so, and what stays in the LAN says nothing", () => {
  expect(found({ enter: "everyone" }, { provides: { internet: cloudflareTunnel() } })).toEqual([]);
  expect(found({ reach: "lan" })).toEqual([]);
  expect(found({ reach: "lan", enter: "everyone" })).toEqual(["exposes.web says who may enter from the internet, and reaches the lan"]);
});

test("an app with another port in the LAN than on the internet is warned of", () => {
  const hostPorts = { host: "one-1", from: 21000, to: 21999, http: 21080, https: 21443 };
  expect(found({ enter: "everyone" }, { distribution: kind(), network: { hostPorts }, provides: { internet } })).toEqual(["exposes.web is https://app.one.test.example:21443 in the LAN, and https://app.one.test.example on the internet"]);
});

test("what reaches the internet needs somebody who carries callers, or an ingress that they reach", () => {
  const unmet = (provides: object, ...others: Parameters<typeof place>[0][]) =>
    needMet(worldOf({ clusters: [clusterOf({ provides, runs: [web({ enter: "everyone" }), ...others.map((it) => place(it))] })] })).map((it) => it.found);
  const open = appOf({ name: "traefik", needs: { exposes: { websecure: { port: 8443, scheme: "tcp", reach: "internet" } } } });
  expect(unmet({})).toEqual(["exposes.web reaches the internet by http, and nothing on one lets callers from there in"]);
  expect(unmet({ internet })).toEqual([]);
  expect(unmet({}, open)).toEqual([]);
});
