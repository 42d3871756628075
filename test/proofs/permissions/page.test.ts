import { place } from "../../../engine/model/placement";
import { permissionsPage } from "../../../engine/proofs/permissions/page";
import { Account } from "../../../engine/workload/account";
import { appOf, builtOf, worldRunning } from "../../lab-of";

const app = appOf({
  build: (chart) =>
    void new Account(chart, "app", {
      documented: "the app's manual",
      cluster: [
        { resources: ["secrets"], names: ["ca"], verbs: ["get"], because: "it hands on the CA" },
        { groups: ["apps"], resources: ["deployments"], verbs: ["list", "watch"], because: "it follows them" },
      ],
      there: { east: [{ resources: ["pods"], verbs: ["get"], because: "it asks of them" }], west: [{ resources: ["pods"], verbs: ["get"], because: "it asks of them" }] },
    }),
});
const [dangerous = "", rest = ""] = permissionsPage("one", builtOf(worldRunning(place(app))).map(({ release, manifests }) => [release.name, manifests] as const)).split("## Everything else");

test("a permission from which others can be gained stands first, with its reason", () => {
  expect(dangerous).toContain("| app | app, everywhere | get **secrets** named ca | touch Secrets of the whole cluster | it hands on the CA |");
  expect(rest).not.toContain("secrets");
});

test("everything else stands with its source, and what several namespaces have alike once", () => {
  expect(rest).toContain("| app | app, everywhere | list, watch **deployments** of apps | it follows them |");
  expect(rest).toContain("| app | app-app, in east, west | get **pods** | it asks of them |");
  expect(rest).toContain("| app | app-app | the app's manual |");
});
