import { adoptedSecret } from "../../engine/checks/releases/adopted-secret";
import { generated, vault } from "../../engine/model/needs";
import { place, type Adopt } from "../../engine/model/placement";
import { appOf, worldRunning } from "../lab-of";

const found = (adopt?: Adopt) => adoptedSecret(worldRunning(place(appOf({ needs: { secrets: { key: generated(), token: vault("token") } } }), adopt ? { adopt } : {}))).map((it) => it.found);

test("a secret that would be generated over the one of a running app is named, and one from the vault is not", () => {
  expect(found({ namespace: "old" })).toEqual(["it adopts a running app, and secrets.key is generated: the app gets a new value in the place of the one that it has"]);
});

test("whoever says what becomes of the old value, or takes nothing over, is left alone", () => {
  expect(found({ secrets: { key: "kept" } })).toEqual([]);
  expect(found({ secrets: { key: "new" } })).toEqual([]);
  expect(found()).toEqual([]);
});

test("a name that the app does not generate is named, with the one that was meant", () => {
  expect(found({ secrets: { key: "new", keys: "new" } })).toEqual(["adopt.secrets.keys, and app generates no such secret"]);
});
