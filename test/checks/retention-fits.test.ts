import { retentionFits } from "../../engine/checks/manifests/retention-fits";
import { builtFrom } from "../lab-of";
import { object } from "./objects";

const found = (retentionSize: string | undefined, storage: string) =>
  retentionFits(builtFrom([{ ...object("Prometheus", "prometheus"), apiVersion: "monitoring.coreos.com/v1", spec: { retentionSize, storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage } } } } } } }]).built).map((it) => it.found);

test("history that may outgrow its volume is found", () => {
  expect(found("200GB", "100Gi")).toEqual(["Prometheus/prometheus keeps up to 200Gi on a volume of 100Gi"]);
});

test("history that goes before its volume is full is quiet", () => {
  expect(found("87040MiB", "100Gi")).toEqual([]);
  expect(found("85GB", "100Gi")).toEqual([]);
  expect(found(undefined, "100Gi")).toEqual([]);
});
