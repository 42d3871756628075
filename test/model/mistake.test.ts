import { z } from "zod";
import { defineApp } from "../../engine/model/app";
import { place } from "../../engine/model/placement";
import { resolve } from "../../engine/model/resolve";
import { clusterOf, labOf } from "../lab-of";

const lamp = defineApp({
  name: "lamp",
  settings: z.object({ bulbs: z.int().default(1), sockets: z.int().default(2) }),
  needs: () => ({}),
  check: ({ settings, site }) =>
    settings.bulbs > settings.sockets ? [{ rule: "bulbs-fit", found: `${settings.bulbs} bulbs on ${site.cluster.name}`, expected: "a socket for each", fix: "Add sockets" }] : [],
  build: () => undefined,
});

const findingsOf = (settings: z.input<typeof lamp.settings>) => resolve(labOf({ clusters: [clusterOf({ runs: [place(lamp, { as: "hall", settings })] })] })).findings;

test("what an app finds wrong with its settings is a finding about the release", () => {
  expect(findingsOf({ bulbs: 3 })).toEqual([{ severity: "error", rule: "bulbs-fit", address: "one/hall", found: "3 bulbs on one", expected: "a socket for each", fix: "Add sockets" }]);
});

test("it is asked about settings that are complete, and only about those that its schema takes", () => {
  expect(findingsOf({ bulbs: 2 })).toEqual([]);
  expect(findingsOf({ bulbs: 2.5 }).map(({ rule }) => rule)).not.toContain("bulbs-fit");
});
