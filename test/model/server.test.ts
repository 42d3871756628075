import { toServer, toUrl } from "../../engine/model/server";
import { clusterOf, labOf } from "../lab-of";

const lab = labOf({ clusters: [clusterOf(), clusterOf({ name: "two", network: { ingress: "192.168.40.230" } })] });

test("a name that a cluster of the lab serves is at that cluster's entry: the internet leaves private addresses out", () => {
  expect(toUrl(lab, "https://id.two.test.example/realms/home")).toEqual({ kind: "addresses", cidrs: ["192.168.40.230/32"], port: 443 });
  expect(toUrl(lab, "http://192.168.40.7:8080", "server")).toEqual({ kind: "addresses", cidrs: ["192.168.40.7/32"], port: 8080, from: "server" });
});

test("every other name is on the internet, at the port that the URL says", () => {
  expect(toUrl(lab, "https://id.example.org:8443")).toMatchObject({ kind: "internet", host: "id.example.org", port: 8443 });
  expect(toServer(lab, "two.test.example.org", 443)).toMatchObject({ kind: "internet" });
});
