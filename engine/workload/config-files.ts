import { createHash } from "node:crypto";
import { Construct } from "constructs";
import { Chart } from "cdk8s";
import { KubeConfigMap } from "cdk8s-plus-30/lib/imports/k8s";
import { PlainObject } from "./plain-object";

/** Configuration as files of one ConfigMap. Its checksum goes into the pods that mount it, so that a change rolls them. */
export class ConfigFiles extends Construct {
  readonly name: string;
  readonly checksum: string;

  constructor(scope: Construct, id: string, files: Readonly<Record<string, string>>, options: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> } = {}) {
    super(scope, `${id}-files`);
    const release = Chart.of(this).labels["app.kubernetes.io/instance"] ?? Chart.of(this).node.id;
    this.name = options.name ?? `${release}-${id}`;
    this.checksum = createHash("sha256").update(JSON.stringify(Object.entries(files).sort())).digest("hex").slice(0, 16);
    new PlainObject(this, "config-map", KubeConfigMap.manifest({ metadata: { name: this.name, ...(options.labels ? { labels: { ...options.labels } } : {}) }, data: { ...files } }));
  }
}
