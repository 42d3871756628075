import { ApiObject, type JsonPatch } from "cdk8s";
import type { Construct } from "constructs";
import type { Manifest } from "../model/manifest";
import { plainMetadata } from "./plain-metadata";

/**
 * An object that is plain data already, as an L1's `manifest` makes it: `new PlainObject(chart, "service", KubeService.manifest(…))`.
 * cdk8s walks an L1 object four times to find lazy values and tokens, which was a third of what building a release takes;
 * here none of it is walked, unless somebody patches the object.
 */
export class PlainObject extends ApiObject {
  private patched = false;

  constructor(
    scope: Construct,
    id: string,
    private readonly manifest: Manifest,
  ) {
    super(scope, id, manifest);
  }

  override addJsonPatch(...ops: JsonPatch[]): void {
    this.patched = true;
    super.addJsonPatch(...ops);
  }

  override toJson(): Manifest {
    return this.patched ? super.toJson() : { ...this.manifest, metadata: plainMetadata(this.metadata) };
  }
}
