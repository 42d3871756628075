import { wireguardValid } from "../../engine/checks/lab/wireguard-valid";
import { lab } from "../../examples/hybrid/lab";

test("a hub that is no member is found, and so is a port that is none", () => {
  const { wireguard } = lab;
  if (!wireguard) throw new Error("the hybrid lab has no WireGuard");
  const found = wireguardValid({ ...lab, wireguard: { ...wireguard, hub: "nobody", port: 99999 } });
  expect(found.map((it) => it.severity)).toEqual(["error", "error"]);
});

test("a network has one member that it lies behind", () => {
  const { wireguard } = lab;
  const members = wireguard!.members.map((it) => (it.name === "laptop" ? { ...it, behind: ["cottage"] } : it));
  expect(wireguardValid({ ...lab, wireguard: { ...wireguard!, members } }).map((it) => it.found)).toEqual(["cottage behind laptop and cottage"]);
});

test("the hybrid lab's is quiet", () => {
  expect(wireguardValid(lab)).toEqual([]);
});
