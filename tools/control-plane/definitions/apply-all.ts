import type { ApiServer } from "../cluster/api-server";
import { ApiError } from "../kubernetes/api-error";
import type { KubernetesObject } from "../kubernetes/object";
import { inFlight } from "../processes/in-flight";

/** How many requests are under way at once: more only makes them queue on two cores. */
export const AT_ONCE = 16;

/** Applies objects for real and returns those that were accepted; why others were not, their own dry run says. */
export async function applyAll(api: ApiServer, objects: readonly KubernetesObject[]): Promise<readonly KubernetesObject[]> {
  const accepted = await inFlight(AT_ONCE, objects, async (object) => {
    try {
      await api.client.apply(object);
      return [object];
    } catch (cause) {
      if (cause instanceof ApiError) return [];
      throw cause;
    }
  });
  return accepted.flat();
}
