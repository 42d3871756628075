import type { RuleGroup } from "../../engine/model/needs";

/** https://github.com/jupyterhub/jupyterhub/blob/5.5.0/jupyterhub/metrics.py */
export const hubSeries = [
  "jupyterhub_active_users{period}",
  "jupyterhub_check_routes_duration_seconds_count",
  "jupyterhub_hub_startup_duration_seconds_count",
  "jupyterhub_hub_startup_duration_seconds_sum",
  "jupyterhub_proxy_add_duration_seconds_count{status}",
  "jupyterhub_proxy_poll_duration_seconds_count",
  "jupyterhub_request_duration_seconds_bucket{method, handler, code}",
  "jupyterhub_request_duration_seconds_count{method, handler, code}",
  "jupyterhub_running_servers",
  "jupyterhub_server_spawn_duration_seconds_bucket{status}",
  "jupyterhub_server_spawn_duration_seconds_count{status}",
  "jupyterhub_server_stop_seconds_count{status}",
  "jupyterhub_total_users",
] as const;

/** https://github.com/jupyterhub/configurable-http-proxy/blob/5.2.0/lib/metrics.js */
export const proxySeries = ["requests_api", "requests_proxy", "requests_web", "requests_ws", "find_target_for_req_count", "process_resident_memory_bytes"] as const;

/** `full` is left out where everybody may have a server: all of them being there is no news. */
export const alerts = (name: string, namespace: string, { servers, people }: { readonly servers: number; readonly people: number }): readonly RuleGroup[] => [
  {
    name,
    rules: [
      {
        alert: "JupyterHubServersFailToStart",
        expr: `sum by (namespace) (increase(jupyterhub_server_spawn_duration_seconds_count{namespace="${namespace}", status="failure"}[1h])) > 1`,
        severity: "warning",
        summary: `${name}: people's servers do not start`,
        description: `More than one failed within an hour. kubectl -n ${namespace} get events says why: no node with room, an image that cannot be pulled, or a home that is held elsewhere.`,
      },
      {
        alert: "JupyterHubLosesRoutes",
        expr: `sum by (namespace) (increase(jupyterhub_proxy_add_duration_seconds_count{namespace="${namespace}", status="failure"}[15m])) > 0`,
        for: "10m",
        severity: "warning",
        summary: `${name}: the hub cannot set routes`,
        description: "Servers start, and their people are not led to them. See whether the proxy runs, and whether both know the same token.",
      },
      ...(servers < people
        ? [
            {
              alert: "JupyterHubFull",
              expr: `max by (namespace) (jupyterhub_running_servers{namespace="${namespace}"}) >= ${servers}`,
              for: "30m" as const,
              severity: "info" as const,
              summary: `${name}: no more servers may start`,
              description: `All ${servers} are taken. Raise servers, if its nodes have room, or cullAfter less patiently.`,
            },
          ]
        : []),
    ],
  },
];
