import { z } from "zod";
import { image, imageSetting } from "../../engine/model/image";

/** Versions as operator 26.7.0 was released with them: deployments/gpu-operator/values.yaml. */
export const settings = z.object({
  /** The operator, what validates the nodes, and a sample to compute. */
  image: imageSetting.default(image("nvcr.io/nvidia/gpu-operator", "v26.7.0")),
  /** The operator puts each node's system behind the tag: `595.91.07-ubuntu24.04`. */
  driverImage: imageSetting.default(image("nvcr.io/nvidia/driver", "595.91.07")),
  driverManagerImage: imageSetting.default(image("nvcr.io/nvidia/cloud-native/k8s-driver-manager", "v0.12.0")),
  toolkitImage: imageSetting.default(image("nvcr.io/nvidia/k8s/container-toolkit", "v1.20.0")),
  /** Advertises devices, and tells what they are as labels of their node. */
  devicePluginImage: imageSetting.default(image("nvcr.io/nvidia/k8s-device-plugin", "v0.20.0")),
  dcgmExporterImage: imageSetting.default(image("nvcr.io/nvidia/k8s/dcgm-exporter", "4.6.0-4.8.3-distroless")),
  migManagerImage: imageSetting.default(image("nvcr.io/nvidia/cloud-native/k8s-mig-manager", "v0.15.0")),
  featureDiscoveryImage: imageSetting.default(image("registry.k8s.io/nfd/node-feature-discovery", "v0.19.0")),

  /** What the hosts have without the operator. With nothing, it builds the driver for each one's kernel and loads it. */
  hostBrings: z.enum(["nothing", "driver", "driver-and-toolkit"]).default("nothing"),
  /** Cuts each device into parts of this profile, with memory of their own; without it, what is shared is shared in time. */
  mig: z
    .string()
    .regex(/^[1-7]g\.\d+gb$/, { error: 'a MIG profile, such as "1g.10gb": https://docs.nvidia.com/datacenter/tesla/mig-user-guide/#supported-mig-profiles' })
    .optional(),
  /** Computes something on every GPU node once, again after each change of versions, and fails where that fails. */
  validate: z.boolean().default(false),
});

export type GpuOperatorSettings = z.output<typeof settings>;
