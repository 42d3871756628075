import { error, type Finding } from "../../model/finding";
import { isAddress } from "../../model/flow";
import type { Endpoint, Peer, SecretNeed, SecretShape } from "../../model/needs";
import { servicePortOf } from "../../model/node-port";
import { bytes } from "../../model/quantity";
import type { Release } from "../../model/release";
import { onEachRelease, type World } from "../../model/resolve";
import { isDnsName } from "../dns-name";
import { repeated } from "../groups";

/** Needs that Kubernetes or the vault could not take as they are. */
export const needValid = (world: World): readonly Finding[] =>
  onEachRelease(world, (release) => {
    const { exposes = {}, stores = {}, secrets = {}, talksTo = {}, gpu } = release.needs;
    return [
      ...Object.entries(exposes).flatMap(([name, endpoint]) => endpointValid(release, name, endpoint)),
      ...portsOnce(release, Object.entries(exposes)),
      ...[
        ...Object.entries(stores).map(([name, { size }]) => [`stores.${name}`, size] as const),
        ...(gpu ? [["gpu.memory", gpu.memory] as const] : []),
      ]
        .filter(([, size]) => !bytes.safeParse(size).success)
        .map(([what, size]) =>
          invalid(release, `${what} = ${JSON.stringify(size)}`, 'a number of bytes with its unit, such as "300Gi" (Mi, Gi or Ti)'),
        ),
      ...Object.entries(secrets).flatMap(([name, need]) => secretValid(release, name, need)),
      ...namesOnce(release, Object.entries(secrets)),
      ...Object.entries(talksTo).filter(([, peer]) => isNowhere(peer)).map(([name, peer]) =>
        invalid(release, `talksTo.${name} = internet(${JSON.stringify("host" in peer ? peer.host : "")})`, 'a host name, or `*.` and one; `anywhere("…")` where its pods choose'),
      ),
    ];
  });

/** Cilium lets through to a host by its name alone. */
const isNowhere = (peer: Peer): boolean => peer.kind === "internet" && !peer.anywhere && !isAddress(peer.host) && !isDnsName(peer.host.replace(/^\*\./, ""));

/** A Service port's name: IANA's service name, as the API server checks it. */
const portName = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

function endpointValid(release: Release, name: string, endpoint: Endpoint): readonly Finding[] {
  const ports = [endpoint.port, servicePortOf(endpoint)].filter((port) => !Number.isInteger(port) || port < 1 || port > 65535);
  return [
    ...(portName.test(name)
      ? []
      : [
          invalid(release, `an endpoint named "${name}"`, 'at most 15 of a-z, 0-9 and single "-", with a letter among them: it names a Service port'),
        ]),
    ...ports.slice(0, 1).map((port) => invalid(release, `exposes.${name} on port ${port}`, "a whole number from 1 to 65535")),
  ];
}

const portsOnce = (release: Release, endpoints: readonly (readonly [string, Endpoint])[]): readonly Finding[] =>
  repeated(endpoints, ([, it]) => `${it.scheme === "udp" ? "UDP" : "TCP"} ${servicePortOf(it)} of ${it.component ?? release.app.name}`).map(
    ([port, same]) =>
      invalid(
        release,
        `${same.map(([name]) => `exposes.${name}`).join(" and ")} are both ${port}`,
        "one endpoint for each port of a component's Service",
      ),
  );

const keyInSecret = /^[-._a-zA-Z0-9]{1,253}$/;

function secretValid(release: Release, name: string, need: SecretNeed): readonly Finding[] {
  const problem = (found: string, expected: string): Finding => invalid(release, `secrets.${name} ${found}`, expected);
  return [
    ...(need.from === "vault" && !/^\S+$/.test(need.key)
      ? [problem(`asks the vault for ${JSON.stringify(need.key)}`, "the name under which the vault keeps it")]
      : []),
    // 16 characters of a 62-letter alphabet are 95 bits; fewer can be guessed.
    ...(need.from === "generated" && !(Number.isInteger(need.length) && need.length >= 16)
      ? [problem(`is ${need.length} characters long`, "16 at least")]
      : []),
    ...(need.shape ? shapeValid(need.shape, problem) : []),
  ];
}

function shapeValid(shape: SecretShape, problem: (found: string, expected: string) => Finding): readonly Finding[] {
  const data = Object.entries(shape.data ?? {});
  return [
    ...(shape.name !== undefined && !isDnsName(shape.name) ? [problem(`is shaped as Secret "${shape.name}"`, "the name of a Secret")] : []),
    ...(shape.into === "merge" && shape.name === undefined
      ? [problem("is merged into a Secret without a name", "the name of the Secret that somebody else owns")]
      : []),
    ...data.filter(([key]) => !keyInSecret.test(key)).map(([key]) => problem(`has the key "${key}"`, 'letters, digits, "-", "_" and "."')),
    ...(data.length && !data.some(([, template]) => template.includes(".value"))
      ? [problem("is shaped without its own value", "`{{ .value }}` in one key")]
      : []),
  ];
}

const namesOnce = (release: Release, secrets: readonly (readonly [string, SecretNeed])[]): readonly Finding[] =>
  repeated(
    secrets.filter(([, { shape }]) => shape?.name !== undefined && shape.into !== "merge"),
    ([, { shape }]) => shape?.name ?? "",
  ).map(([secret, same]) =>
    invalid(release, `${same.map(([name]) => `secrets.${name}`).join(" and ")} both own Secret ${secret}`, "one owner; others merge into it"),
  );

const invalid = (release: Release, found: string, expected: string): Finding =>
  error({
    rule: "need-valid",
    address: release.address,
    found,
    expected,
    fix: `Change what ${release.app.name} needs, or the setting that it follows from`,
  });
