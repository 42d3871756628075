import { authorityValid } from "../../engine/checks/lab/authority-valid";
import { authority } from "../../lab/authority";
import { nasCertificate } from "../../lab/nas-certificate";
import { labOf } from "../lab-of";

const found = (...roots: readonly string[]) => authorityValid(labOf({ authority: { roots } })).map((it) => it.found);

/** Of a server, without `CA:TRUE`. */
const leaf = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUUML6LkfMF/cdCNp/fhvMZhyNuMgwCgYIKoZIzj0EAwIw
KDEPMA0GA1UECgwGaGVhcnRoMRUwEwYDVQQDDAxoZWFydGggZm9yZ2UwHhcNMjYx
MTI1MjIyNjMxWhcNMjcwMjIzMjIyNjMxWjAMMQowCAYDVQQDDAF4MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEOxiauaNbaIaiWj+psq9y9VQ1N1Dgq4IAbRNJLjCy
TVWOkmFtAc3PnFRxGVoNpTtznwOyHjCTYVgTISZDbR0TUqNTMFEwDwYDVR0RBAgw
BocEwKgoFDAdBgNVHQ4EFgQUAtDJmS+MDexEKUWcRfNqArFaljQwHwYDVR0jBBgw
FoAUCxcuk+84qdy8wcY3t68iQbeV6YQwCgYIKoZIzj0EAwIDSAAwRQIhAKD78aeT
ZVadIxWd7NdvUAfUR+s0kTZD2B7hKwi43lR1AiACq+cgDDHQJBZFQ+UZ+mq21Bka
ph7DInBKGNY0GgldDQ==
-----END CERTIFICATE-----
`;

test("a root that could sign nothing, is none, or brings its key is found", () => {
  expect(found()).toEqual(["authority has no root"]);
  expect(found("hello")).toEqual(["authority has roots[0] is no certificate"]);
  expect(found(...authority.roots, "-----BEGIN PRIVATE KEY-----\n")).toEqual(["authority has a private key in roots[1]"]);
  expect(found(authority.roots[0]!.trimEnd())).toEqual(["authority has roots[0] ends without a new line, and would run into the next"]);
});

test("a certificate of a server signs nobody", () => {
  expect(found(leaf)).toEqual(["authority has roots[0] may not sign others"]);
});

test("an authority's certificate is fine, and so is a lab without one", () => {
  expect(found(...authority.roots)).toEqual([]);
  expect(found(nasCertificate)).toEqual([]);
  expect(authorityValid(labOf())).toEqual([]);
});
