import { GcsBackend, LocalBackend, S3Backend, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { toJson } from "../engine/emit/json";
import type { Lab } from "../engine/model/lab";
import { stateBucketOf } from "./state-bucket";

/** A Terraform stack: one state, one plan, one folder of `infra/out`. */
export interface Stack {
  readonly name: string;
  readonly write: (stack: TerraformStack) => void;
}

/** Provider locks, moved blocks and `import` of several resources: https://developer.hashicorp.com/terraform/language/upgrade-guides */
const requiredVersion = ">= 1.9.0";

/**
 * The stack as Terraform reads it. cdktf's own notes on where a resource was written are left out: they change when code moves,
 * and no plan depends on them.
 */
export function stackText({ name, write }: Stack, lab: Lab): string {
  const stack = new TerraformStack(new Root(), name);
  stack.addOverride("terraform.required_version", requiredVersion);
  addBackend(stack, lab);
  write(stack);
  return toJson(withoutNotes(stack.toTerraform()));
}

/** The stacks of one lab do not know each other; cdktf's App would make a folder where it is constructed. */
class Root extends Construct {
  constructor() {
    super(undefined as never, "");
  }
}

/**
 * Where the state is kept: off site, in a bucket that guards it. A lab without one keeps it beside the stack; left out, cdktf
 * would write this machine's own path.
 */
export function addBackend(stack: TerraformStack, lab: Lab): void {
  const name = stack.node.id;
  const offsite = lab.backups?.offsite;
  if (!offsite) new LocalBackend(stack, { path: `${name}.tfstate` });
  else if (offsite.kind === "gcs") new GcsBackend(stack, { bucket: stateBucketOf(offsite), prefix: name });
  else {
    const { endpoint, region } = offsite;
    // What only Amazon answers is not asked: https://developer.hashicorp.com/terraform/language/backend/s3
    const elsewhere = {
      skipCredentialsValidation: true,
      skipMetadataApiCheck: true,
      skipRegionValidation: true,
      skipRequestingAccountId: true,
      skipS3Checksum: true,
    };
    new S3Backend(stack, {
      bucket: stateBucketOf(offsite),
      key: `${name}.tfstate`,
      region,
      endpoints: { s3: endpoint },
      usePathStyle: true,
      ...elsewhere,
    });
    stack.addOverride("terraform.backend.s3.use_lockfile", true);
  }
}

function withoutNotes(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.keys(value)
      .filter((key) => key !== "//")
      .sort()
      .map((key) => [key, plain(value[key])]),
  );
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === "object" && value !== null ? withoutNotes(value as Readonly<Record<string, unknown>>) : value;
}
