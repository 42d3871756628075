/** Where each component listens, upstream's defaults: common/common.go of Argo CD 3.5.7. */
export const ports = {
  repoServer: 8081,
  repoServerMetrics: 8084,
  controllerMetrics: 8082,
  server: 8080,
  serverMetrics: 8083,
  applicationSetMetrics: 8080,
  applicationSetProbe: 8081,
  notificationsMetrics: 9001,
  redis: 6379,
  dex: 5556,
  dexGrpc: 5557,
  dexMetrics: 5558,
} as const;
