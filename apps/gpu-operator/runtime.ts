import type { Distribution } from "../../engine/model/distribution";
import type { GpuOperatorSettings } from "./settings";

/** How a device gets into a container on the nodes of a distribution. */
export interface Runtime {
  readonly cdi: { readonly enabled: boolean; readonly nriPluginEnabled: boolean };
  /** Variables of the toolkit's installer. */
  readonly toolkit: Readonly<Record<string, string>>;
  /** The RuntimeClass that is the operator's own: it makes it, changes it, and without a use for it deletes it. */
  readonly operandClass: string;
  /** Which of containerd's handlers runs pods with a GPU. */
  readonly handler: string;
}

/** Whether a RuntimeClass `nvidia` is there that nobody here made. */
export const hasOwnRuntimeClass = ({ runtimeClasses }: Distribution): boolean => runtimeClasses.includes("nvidia");

/**
 * containerd itself hands devices to containers where it is told to (CDI); then the handler of every pod will do.
 *
 * k3s writes containerd's configuration anew at each start and makes a RuntimeClass `nvidia` of its own. There the toolkit changes
 * neither: it stands beside containerd as a plugin (NRI), as NVIDIA advises for k3s. In that mode the operator deletes the class
 * that it is told to be its own, so that one is called what nobody else's is (gpu-operator#415).
 * https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/cdi.html
 */
export function runtimeOf(distribution: Distribution, { hostBrings }: Pick<GpuOperatorSettings, "hostBrings">): Runtime {
  // A toolkit of the host's own knows its handler under this name, as Talos' extension does.
  if (hostBrings === "driver-and-toolkit") return { cdi: { enabled: false, nriPluginEnabled: false }, toolkit: {}, operandClass: "nvidia", handler: "nvidia" };
  if (hasOwnRuntimeClass(distribution)) return { cdi: { enabled: true, nriPluginEnabled: true }, toolkit: {}, operandClass: "nvidia-operands", handler: "runc" };
  const { socket, config } = distribution.containerd;
  return { cdi: { enabled: true, nriPluginEnabled: false }, toolkit: { CONTAINERD_SOCKET: socket, CONTAINERD_CONFIG: config }, operandClass: "nvidia", handler: "runc" };
}
