import { image } from "../../engine/model/image";
import { containerApp } from "../../engine/workload/container-app";

/** Tells a caller what it sent: an app of one's own, whole. */
export const whoami = containerApp({
  name: "whoami",
  image: image("docker.io/traefik/whoami", "v1.11.0"),
  args: ["--port=8080"],
  port: 8080,
  health: "/health",
  memory: "32Mi",
});
