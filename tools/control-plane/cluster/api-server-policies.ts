/**
 * Pod Security enforces `restricted` where a namespace says nothing, so that a forgotten label is seen.
 * kube-system belongs to the distribution and carries no labels there either.
 */
export const admissionConfiguration = {
  apiVersion: "apiserver.config.k8s.io/v1",
  kind: "AdmissionConfiguration",
  plugins: [
    {
      name: "PodSecurity",
      configuration: {
        apiVersion: "pod-security.admission.config.k8s.io/v1",
        kind: "PodSecurityConfiguration",
        defaults: { enforce: "restricted", "enforce-version": "latest", warn: "restricted", "warn-version": "latest" },
        exemptions: { namespaces: ["kube-system"] },
      },
    },
  ],
};

/**
 * Every request, once, without its body; access reviews with body and answer, because an operator that asks first
 * whether it may, and then idles, is never refused anything.
 */
export const auditPolicy = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  rules: [
    { level: "RequestResponse", resources: [{ group: "authorization.k8s.io" }] },
    { level: "Metadata" },
  ],
};
