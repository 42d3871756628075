import { dnsRecords } from "../../engine/hosts/dns-records";
import { worldOf } from "../lab-of";

test("every name of a cluster leads to its one way in, and every host to itself", () => {
  const text = dnsRecords(worldOf());
  expect(text).toContain('local-zone: "one.test.example." redirect');
  expect(text).toContain('local-data: "one.test.example. 300 IN A 192.168.40.200"');
  expect(text).toContain('local-data-ptr: "192.168.40.12 one-2.test.example."');
});
