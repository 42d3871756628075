import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { ComputeInstanceFromTemplate } from "@cdktf/provider-google/lib/compute-instance-from-template";
import { ComputeInstanceTemplate } from "@cdktf/provider-google/lib/compute-instance-template";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import type { TerraformStack } from "cdktf";
import type { Lab } from "../../engine/model/lab";
import type { Offload, OffloadMachine } from "../../engine/model/offload";
import { bytesOf, secondsOf } from "../../engine/model/quantity";
import { needs, type Project } from "./project";

const tag = "hearth-offload";
/** A network that meets no other: it may overlap with anything at home. */
const range = "10.200.0.0/24";

/** A template for a machine with a GPU, in a network that nobody reaches but through Google's own door; and the machine, where it runs. */
export function offloadMachine(stack: TerraformStack, lab: Lab, { region }: Offload, machine: OffloadMachine, project: Project): void {
  const subnetwork = network(stack, region, machine.runs ?? false, project);
  const key = diskKey(stack, lab, region, project);
  const account = new ServiceAccount(stack, "account-offload", {
    project: project.id,
    accountId: "offload",
    displayName: "The machine itself: it may do nothing",
    dependsOn: needs(project, "iam"),
  });
  const template = new ComputeInstanceTemplate(stack, "offload", {
    project: project.id,
    region,
    namePrefix: "offload-",
    description: `${machine.type}, stops by itself after ${machine.stopsAfter}`,
    machineType: machine.type,
    tags: [tag],
    disk: [
      {
        boot: true,
        autoDelete: true,
        sourceImage: machine.image,
        diskSizeGb: bytesOf(machine.disk) / 2 ** 30,
        diskType: "pd-balanced",
        diskEncryptionKey: { kmsKeySelfLink: key.id },
      },
    ],
    networkInterface: [{ subnetwork: subnetwork.id }],
    // A GPU cannot be moved under a running machine: https://cloud.google.com/compute/docs/gpus/gpu-host-maintenance
    scheduling: {
      onHostMaintenance: "TERMINATE",
      automaticRestart: false,
      provisioningModel: "STANDARD",
      maxRunDuration: { seconds: secondsOf(machine.stopsAfter) },
      instanceTerminationAction: "STOP",
    },
    // NVIDIA's driver is built on the machine, and signed by nobody: secure boot would not load it.
    shieldedInstanceConfig: { enableSecureBoot: false, enableVtpm: true, enableIntegrityMonitoring: true },
    metadata: { "block-project-ssh-keys": "true", "enable-oslogin": "TRUE", "serial-port-enable": "FALSE" },
    serviceAccount: { email: account.email, scopes: ["https://www.googleapis.com/auth/logging.write"] },
    // A template is never changed: the new one is there before the old one goes.
    lifecycle: { createBeforeDestroy: true },
    dependsOn: [key.usable],
  });
  if (machine.runs) new ComputeInstanceFromTemplate(stack, "offload-running", { project: project.id, zone: machine.zone, name: "offload", sourceInstanceTemplate: template.id });
}

function network(stack: TerraformStack, region: string, runs: boolean, project: Project): ComputeSubnetwork {
  const own = new ComputeNetwork(stack, "network", {
    project: project.id,
    name: "offload",
    autoCreateSubnetworks: false,
    dependsOn: needs(project, "compute"),
  });
  const subnetwork = new ComputeSubnetwork(stack, "subnetwork", {
    project: project.id,
    region,
    name: "offload",
    network: own.id,
    ipCidrRange: range,
    privateIpGoogleAccess: true,
    logConfig: { aggregationInterval: "INTERVAL_10_MIN", flowSampling: 0.5, metadata: "INCLUDE_ALL_METADATA" },
  });
  // Identity-Aware Proxy's own addresses, and no other: https://cloud.google.com/iap/docs/using-tcp-forwarding
  new ComputeFirewall(stack, "door", {
    project: project.id,
    name: "offload-ssh-through-iap",
    network: own.id,
    direction: "INGRESS",
    sourceRanges: ["35.235.240.0/20"],
    targetTags: [tag],
    allow: [{ protocol: "tcp", ports: ["22"] }],
  });
  if (runs) {
    // It has no address of its own; what it downloads comes through here, which is paid for by the hour.
    const router = new ComputeRouter(stack, "router", { project: project.id, region, name: "offload", network: own.id });
    new ComputeRouterNat(stack, "nat", {
      project: project.id,
      region,
      name: "offload",
      router: router.name,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    });
  }
  return subnetwork;
}

/** The disk's own key, which Compute Engine's agent may use. */
function diskKey(stack: TerraformStack, lab: Lab, region: string, project: Project) {
  const ring = new KmsKeyRing(stack, "ring", {
    project: project.id,
    name: `${lab.name}-offload`,
    location: region,
    dependsOn: needs(project, "cloudkms"),
    lifecycle: { preventDestroy: true },
  });
  const key = new KmsCryptoKey(stack, "key-offload", {
    name: "offload",
    keyRing: ring.id,
    purpose: "ENCRYPT_DECRYPT",
    rotationPeriod: `${secondsOf("90d")}s`,
    destroyScheduledDuration: `${secondsOf("30d")}s`,
    lifecycle: { preventDestroy: true },
  });
  const usable = new KmsCryptoKeyIamMember(stack, "key-offload-compute", {
    cryptoKeyId: key.id,
    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    // https://cloud.google.com/compute/docs/disks/customer-managed-encryption#before_you_begin
    member: `serviceAccount:service-${project.number}@compute-system.iam.gserviceaccount.com`,
  });
  return { id: key.id, usable };
}
