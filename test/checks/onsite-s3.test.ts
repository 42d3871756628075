import { onsiteS3 } from "../../engine/checks/lab/onsite-s3";
import type { OnsiteCopy } from "../../engine/model/backups";
import type { OnsiteS3 } from "../../engine/model/onsite-s3";
import { backupsOf, nas } from "../infra/backups-of";
import { hostOf, labOf, twoHosts } from "../lab-of";

const [place] = backupsOf().onsite;
const found = (given: Partial<OnsiteCopy>, keeper = nas) =>
  onsiteS3(labOf({ hosts: [...twoHosts, keeper], backups: backupsOf({ onsite: [{ ...place!, ...given }] }) })).map((it) => [it.rule, it.found]);
const withS3 = (given: Partial<OnsiteS3>): Partial<OnsiteCopy> => ({ s3: { ...place!.s3!, ...given } });

test("a place with a port for the cluster and a certificate for its own address is sound", () => {
  expect(found({})).toEqual([]);
});

test("a place that takes nothing of Velero's need not speak S3", () => {
  expect(found({ holds: ["restic"], s3: undefined as never })).toEqual([]);
});

test.each<[string, Partial<OnsiteCopy>, readonly string[]]>([
  ["a place that Velero cannot write to", { s3: undefined as never }, ["backup-plan", "nas holds what Velero copies, and does not say where Velero reaches it"]],
  ["a cluster that is not there", withS3({ ports: { one: 7101, ones: 7102 } }), ["reference-known", 'nas.s3.ports names "ones", and there is no such cluster']],
  ["a port that only root may open", withS3({ ports: { one: 443 } }), ["backup-plan", "nas.s3.ports.one = 443"]],
  ["a certificate that is none", withS3({ certificate: "abc" }), ["backup-plan", "nas.s3.certificate is none"]],
])("%s is found", (_, given, finding) => {
  expect(found(given)).toEqual([finding]);
});

test("two clusters never share a port", () => {
  expect(found(withS3({ ports: { one: 7101, two: 7101 } })).map(([, text]) => text)).toContain("one and two share port 7101 of nas");
});

test("a certificate for another address than the one that is called is found", () => {
  expect(found({}, hostOf({ name: "nas", last: 21 }))).toEqual([["backup-plan", "nas.s3.certificate is for IP Address:192.168.40.20"]]);
});
