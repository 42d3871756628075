import type { Chart } from "cdk8s";
import type { Authority } from "../model/authority";
import type { Image } from "../model/image";
import { ConfigFiles } from "./config-files";
import type { ContainerProps } from "./container";
import { configFiles, scratch } from "./volume";

const folder = "/trusted";
const file = `${folder}/authorities.crt`;

/** The parts of a pod by which its main container believes a lab's roots. */
interface Trusted {
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: NonNullable<ContainerProps["mounts"]>;
  readonly before: Readonly<Record<string, ContainerProps>>;
}

/**
 * Makes the programs of an image believe the lab's roots besides the public ones, which it brings where Debian and Alpine do.
 * OpenSSL, and with it Python and httpx, read one of the variables, as Go does; Python's requests reads the other.
 */
export function trusted(chart: Chart, image: Image, authority: Authority | undefined): Trusted {
  if (!authority) return { env: {}, mounts: {}, before: {} };
  const roots = new ConfigFiles(chart, "authority", { "roots.crt": authority.roots.join("") });
  return {
    env: { SSL_CERT_FILE: file, REQUESTS_CA_BUNDLE: file },
    mounts: { [folder]: scratch("trusted", "4Mi") },
    before: {
      trusted: {
        image,
        command: ["/bin/sh", "-c", `cat /etc/ssl/certs/ca-certificates.crt /authority/roots.crt > ${file}`],
        resources: { cpu: "10m", memory: "32Mi" },
        mounts: { [folder]: scratch("trusted", "4Mi"), "/authority": configFiles(roots) },
      },
    },
  };
}
