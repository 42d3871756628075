import { certificateNames } from "../../engine/checks/manifests/certificate-names";
import { builtFrom } from "../lab-of";
import { object } from "./objects";

const found = (host: string, ...tls: readonly object[]) => certificateNames(builtFrom([object("Ingress", "it", { spec: { rules: [{ host }], ...(tls.length ? { tls } : {}) } })]).built).map((it) => it.found);

test("a host that no certificate names is found", () => {
  expect(found("web.lab.example", { hosts: ["wbe.lab.example"] })).toEqual(["Ingress/it answers web.lab.example with a certificate for wbe.lab.example"]);
  expect(found("a.web.lab.example", { hosts: ["*.lab.example"] })).toHaveLength(1);
});

test("one that a certificate names is not, by a wildcard either", () => {
  expect(found("web.lab.example", { hosts: ["other.lab.example"] }, { hosts: ["web.lab.example"] })).toEqual([]);
  expect(found("web.lab.example", { hosts: ["*.lab.example"] })).toEqual([]);
});

test("nothing is asked where there is no certificate, or one that says itself what it is for", () => {
  expect(found("web.lab.example")).toEqual([]);
  expect(found("web.lab.example", { secretName: "wildcard" })).toEqual([]);
});
