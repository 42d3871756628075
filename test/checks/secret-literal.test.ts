import { z } from "zod";
import { secretLiteral } from "../../engine/checks/releases/secret-literal";
import { place } from "../../engine/model/placement";
import { appOf, worldRunning } from "../lab-of";

const anything = appOf({ settings: z.object({ with: z.record(z.string(), z.unknown()).default({}) }) });
const found = (settings: Record<string, unknown>) =>
  secretLiteral(worldRunning(place(anything, { settings: { with: settings } }))).map((it) => it.found);

// Put together here, so that no scanner takes this file for a leak.
const gitlab = ["glrt", "abcdefghij0123456789"].join("-");
const random = ["q7Rz0LmX2vT9", "sKc4YhWb8NpE", "u1JdG6fAoQ3i"].join("");

test("a setting that is named like a secret and holds a text is found", () => {
  expect(found({ smtp: { adminPassword: "hunter2" }, apiKey: "k" })).toEqual([
    'setting "with.smtp.adminPassword" holds a secret\'s value',
    'setting "with.apiKey" holds a secret\'s value',
  ]);
});

test("known formats and random keys are found under any name", () => {
  expect(found({ note: `use ${gitlab}`, seed: random })).toEqual([
    'setting "with.note" holds a GitLab token',
    'setting "with.seed" holds what looks like a random key',
  ]);
});

test("a patch that writes a secret's value is found", () => {
  const patch = [{ of: "ConfigMap/app", at: "/data/password", value: "hunter2", because: "for now" }];
  expect(secretLiteral(worldRunning(place(anything, { patch }))).map((it) => it.rule)).toEqual(["secret-literal"]);
});

test("names of secrets, paths, digests, public keys and lengths are no secrets", () => {
  expect(
    found({
      tokenKey: "runner/token",
      passwordFile: "/run/secrets/x",
      digest: "a".repeat(32) + "0123456789abcdef",
      disks: ["nvme-Micron_7450_MTFDKCC3T8TFR_2311409A4F31", "/dev/disk/by-id/ata-WDC_WD80EFPX-68C4ZN0_WD-RD0A1XGL"],
      wireguard: { publicKey: random },
      tokenLength: 48,
      apiToken: "",
    }),
  ).toEqual([]);
});
