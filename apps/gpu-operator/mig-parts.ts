import type { GpuDevice } from "../../engine/model/host";
import { bytesOf } from "../../engine/model/quantity";

/**
 * Into how many slices each kind of device can be cut at all.
 * https://docs.nvidia.com/datacenter/tesla/mig-user-guide/#supported-gpus
 */
const slices: readonly (readonly [model: RegExp, slices: number])[] = [
  [/\bA30\b/, 4],
  [/\bRTX PRO 6000 Blackwell\b/, 4],
  [/\b(A100|A800|H100|H800|H200|H20|GH200|B200|B300|GB200|GB300)\b/, 7],
];

/**
 * Into how many parts of a profile (`1g.10gb`) a device is cut: it takes compute slices, and gigabytes of 10⁹ bytes.
 * Undefined where the device cannot be cut.
 */
export function migParts({ model, memory }: GpuDevice, profile: string): number | undefined {
  const total = slices.find(([pattern]) => pattern.test(model))?.[1];
  if (total === undefined) return undefined;
  const [compute = 0, gigabytes = 0] = profile.split("g.").map((part) => Number.parseInt(part, 10));
  return Math.min(Math.floor(total / compute), Math.floor(bytesOf(memory) / (gigabytes * 1e9)));
}
