/** How to reach one API server, and as whom. */
export interface Access {
  /** Such as "https://127.0.0.1:34567". */
  readonly server: string;
  /** The certificates, PEM, that the server's own is checked against. */
  readonly certificateAuthority: string;
  /** A bearer token: a user's from the server's token file, or a ServiceAccount's. */
  readonly token: string;
}

/** The same as a kubeconfig, which is JSON and so also YAML. */
export function kubeconfig({ server, certificateAuthority, token }: Access, namespace = "default"): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "e2e",
    clusters: [{ name: "e2e", cluster: { server, "certificate-authority-data": Buffer.from(certificateAuthority).toString("base64") } }],
    users: [{ name: "e2e", user: { token } }],
    contexts: [{ name: "e2e", context: { cluster: "e2e", user: "e2e", namespace } }],
  });
}
