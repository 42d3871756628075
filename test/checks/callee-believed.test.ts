import { issuedBy } from "../../apps/cert-manager/provides";
import { calleeBelieved } from "../../engine/checks/releases/callee-believed";
import type { Lab } from "../../engine/model/lab";
import { speaks } from "../../engine/model/needs";
import { place } from "../../engine/model/placement";
import { authority } from "../../lab/authority";
import { appOf, builtOf, clusterOf, worldOf } from "../lab-of";

const answers = appOf({ name: "models", needs: { exposes: { api: { port: 80, scheme: "http", reach: "lan", speaks: "ollama" } } } });
const asks = (takesAuthority: boolean) => appOf({ name: "chat", needs: { talksTo: { models: speaks("ollama", { takesAuthority }) } } });

const world = ({ takesAuthority = true, from = "two", issuer = issuedBy("lab-ca"), ...lab }: { takesAuthority?: boolean; from?: string; issuer?: ReturnType<typeof issuedBy> } & Partial<Lab>) => {
  const { backedBy: _none, ...certificates } = issuer;
  return worldOf({
    ...lab,
    clusters: [
      clusterOf({ runs: [place(answers)], provides: { certificates } }),
      clusterOf({ name: "two", network: { ingress: "192.168.40.230", pods: "10.44.0.0/16", services: "10.45.0.0/16" }, runs: from === "two" ? [place(asks(takesAuthority), { using: { models: "one/models" } })] : [] }),
    ],
  });
};

test("a far cluster that is its own authority would be believed by nobody here", () => {
  expect(calleeBelieved(world({}))).toMatchObject([{ address: "two/chat", found: "talksTo.models calls https://models.one.test.example, whose certificate only one itself can verify", fix: expect.stringContaining("authority") }]);
});

test("an app that cannot be told whom to believe is found", () => {
  expect(calleeBelieved(world({ authority, takesAuthority: false }))).toMatchObject([{ rule: "callee-believed", found: expect.stringContaining("chat cannot be told") }]);
});

test("with the lab's authority, or a certificate that everybody believes, there is nothing to say", () => {
  expect(calleeBelieved(world({ authority }))).toEqual([]);
  expect(calleeBelieved(world({ issuer: issuedBy("acme"), takesAuthority: false }))).toEqual([]);
});

test("an issuer that signs people in must be believed by whoever asks it", () => {
  const oidc = { issuer: "https://id.one.test.example/realms/home" };
  expect(calleeBelieved(worldOf({ oidc }))).toMatchObject([{ address: "lab", found: 'oidc.issuer = "https://id.one.test.example/realms/home", whose certificate only one itself can verify' }]);
  expect(calleeBelieved(worldOf({ oidc, authority }))).toEqual([]);
  expect(calleeBelieved(worldOf({ oidc: { issuer: "https://id.example.org" } }))).toEqual([]);
});

test("within a cluster there is no TLS between pods, and nothing to believe", () => {
  expect(calleeBelieved(worldOf({ clusters: [clusterOf({ runs: [place(answers), place(asks(false))] })] }))).toEqual([]);
});

test("the caller is handed the roots with the address", () => {
  const seen: unknown[] = [];
  const chat = appOf({ name: "chat", needs: { talksTo: { models: speaks("ollama", { takesAuthority: true }) } }, build: (_, { grants }) => seen.push(grants.talksTo.models) });
  builtOf(
    worldOf({
      authority,
      clusters: [
        clusterOf({ runs: [place(answers)] }),
        clusterOf({ name: "two", network: { ingress: "192.168.40.230", pods: "10.44.0.0/16", services: "10.45.0.0/16" }, runs: [place(chat, { using: { models: "one/models" } })] }),
      ],
    }),
  );
  expect(seen).toEqual([{ url: "https://models.one.test.example", host: "models.one.test.example", port: 443, address: "one/models", authority }]);
});
