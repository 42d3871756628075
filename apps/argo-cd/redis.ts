import type { Chart } from "cdk8s";
import type { SecretGrant } from "../../engine/model/grants";
import { tcp } from "../../engine/workload/probe";
import { Workload } from "../../engine/workload/workload";
import { ports } from "./ports";
import type { Settings } from "./settings";

/** A cache of what the others can make again: it keeps nothing on disk. */
export function redis(chart: Chart, settings: Settings, password: SecretGrant): void {
  new Workload(chart, "redis", {
    // The image's own user.
    user: 999,
    group: 999,
    image: settings.redisImage,
    args: ["--save", "", "--appendonly", "no", "--requirepass", "$(REDIS_PASSWORD)"],
    ports: { redis: ports.redis },
    env: { REDIS_PASSWORD: password },
    resources: { cpu: "50m", memory: "256Mi" },
    probes: { ready: tcp(ports.redis) },
  });
}
