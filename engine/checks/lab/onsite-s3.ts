import { X509Certificate } from "node:crypto";
import type { OnsiteCopy } from "../../model/backups";
import { error, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";
import { nearest } from "../../model/nearest";
import { onsiteBuckets, type OnsiteBucket } from "../../model/onsite-s3";
import { repeated } from "../groups";

/** Places in the house that Velero can write to: a port for each cluster, and a certificate for the address that it calls. */
export const onsiteS3 = (lab: Lab): readonly Finding[] => [
  ...(lab.backups?.onsite ?? []).flatMap((place) => [...missing(place), ...ports(place, lab)]),
  ...lab.clusters.flatMap((cluster) => onsiteBuckets(cluster, lab).flatMap((it) => trusted(it))),
];

const missing = ({ name, holds, s3 }: OnsiteCopy): readonly Finding[] =>
  holds.includes("velero") && s3 === undefined
    ? [
        finding(
          "backup-plan",
          `${name} holds what Velero copies, and does not say where Velero reaches it`,
          "an `s3`: Velero writes to nothing else",
          "Give it `s3` with a folder, a port for each cluster and its certificate, or take velero out of `holds`",
        ),
      ]
    : [];

function ports({ name, s3 }: OnsiteCopy, { clusters }: Lab): readonly Finding[] {
  const known = clusters.map((it) => it.name);
  const given = Object.entries(s3?.ports ?? {});
  return [
    ...given
      .filter(([cluster]) => !known.includes(cluster))
      .map(([cluster]) =>
        finding(
          "reference-known",
          `${name}.s3.ports names "${cluster}", and there is no such cluster`,
          `one of: ${known.join(", ")}`,
          nearest(cluster, known) ? `Write "${nearest(cluster, known)}"` : `Describe "${cluster}", or take it out`,
        ),
      ),
    // Below 1024 only root may listen, and nothing here needs root.
    ...given
      .filter(([, port]) => !Number.isInteger(port) || port < 1024 || port > 65_535)
      .map(([cluster, port]) => finding("backup-plan", `${name}.s3.ports.${cluster} = ${port}`, "a port from 1024 to 65535", "Choose such a port")),
    ...repeated(given, ([, port]) => String(port)).map(([port, same]) =>
      finding(
        "backup-plan",
        `${same.map(([cluster]) => cluster).join(" and ")} share port ${port} of ${name}`,
        "a process of its own for each cluster",
        "Give all but one another port",
      ),
    ),
  ];
}

function trusted({ place, address, certificate }: OnsiteBucket): readonly Finding[] {
  const names = namesIn(certificate);
  if (names === undefined)
    return [finding("backup-plan", `${place}.s3.certificate is none`, "a certificate as PEM", `Copy /etc/versitygw.d/certificate.pem from its machine`)];
  if (names.checkIP(address) !== undefined) return [];
  return [
    finding(
      "backup-plan",
      `${place}.s3.certificate is for ${names.subjectAltName ?? "no address"}`,
      `one for ${address}, which is called`,
      "Delete certificate and key on its machine, let Ansible make them again, and copy the new certificate",
    ),
  ];
}

function namesIn(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

const finding = (rule: string, found: string, expected: string, fix: string): Finding =>
  error({ rule, address: "backups", found, expected, fix });
