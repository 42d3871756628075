import type { Built } from "../../model/built";
import { error, type Finding } from "../../model/finding";
import { fieldOf, objectName } from "../../model/manifest";
import { arrayOf } from "./violations";

/** An Ingress with certificates has one for each of its hosts: browsers refuse a host that its certificate does not name. https://kubernetes.io/docs/concepts/services-networking/ingress/#tls */
export const certificateNames = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap(({ release, manifests }) =>
    manifests
      .filter(({ kind }) => kind === "Ingress")
      .flatMap((ingress) => {
        const certificates = arrayOf(fieldOf(ingress, "spec", "tls"));
        const named = certificates.flatMap((tls) => arrayOf(fieldOf(tls, "hosts"))).map(String);
        // Without hosts a certificate is for whatever it says itself.
        if (certificates.length === 0 || certificates.some((tls) => fieldOf(tls, "hosts") === undefined)) return [];
        const hosts = new Set(arrayOf(fieldOf(ingress, "spec", "rules")).flatMap((rule) => fieldOf(rule, "host") ?? []).map(String));
        return [...hosts]
          .filter((host) => !named.some((name) => covers(name, host)))
          .map((host) =>
            error({
              rule: "certificate-names",
              address: release.address,
              found: `${objectName(ingress)} answers ${host} with a certificate for ${named.join(", ") || "nothing"}`,
              expected: "a certificate that names each of its hosts",
              fix: `Add ${host} to the hosts of a certificate in spec.tls`,
            }),
          );
      }),
  );

/** A wildcard stands for one label. */
const covers = (name: string, host: string): boolean => name === host || (name.startsWith("*.") && name.slice(1) === host.slice(host.indexOf(".")));
