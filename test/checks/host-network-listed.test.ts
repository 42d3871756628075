import { hostNetworkListed } from "../../engine/checks/manifests/host-network-listed";
import { appOf, builtFrom } from "../lab-of";
import { deployment } from "./objects";

const onNode = deployment({ pod: { hostNetwork: true } });

test("pods on their node's network are listed, in one line for each cluster", () => {
  expect(hostNetworkListed(builtFrom([onNode]).built)).toMatchObject([
    { severity: "warning", address: "one", found: "on their node's network, where no policy holds: app" },
  ]);
});

test("each is named with the reason of its exemption", () => {
  const exempt = deployment({ pod: { hostNetwork: true }, exempt: { "host-network": "it answers ARP" } });
  expect(hostNetworkListed(builtFrom([exempt]).built)).toMatchObject([{ found: "on their node's network, where no policy holds: app (it answers ARP)" }]);
});

test("their metrics must be scraped at the node's address", () => {
  const watched = (hostNetwork: boolean) => appOf({ needs: { watches: { metrics: { own: { port: 9100, series: [], hostNetwork } } } } });
  expect(hostNetworkListed(builtFrom([onNode], watched(false)).built).map((it) => it.severity)).toEqual(["error", "warning"]);
  expect(hostNetworkListed(builtFrom([onNode], watched(true)).built).map((it) => it.severity)).toEqual(["warning"]);
});

test("pods with a network of their own are not listed", () => {
  expect(hostNetworkListed(builtFrom([deployment()]).built)).toEqual([]);
});
