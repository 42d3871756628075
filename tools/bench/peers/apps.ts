/** One of the apps that every tool renders. Names are `app-001`, so that kustomize can make them with a suffix. */
export interface AppSpec {
  readonly name: string;
  readonly number: string;
  readonly tag: string;
  readonly replicas: number;
  readonly host: string;
  readonly logLevel: string;
  readonly upstream: string;
}

/** 150 apps of six objects each. */
export const apps: readonly AppSpec[] = Array.from({ length: 150 }, (_, index) => {
  const number = String(index + 1).padStart(3, "0");
  return {
    name: `app-${number}`,
    number,
    tag: `1.${index % 7}.${index % 11}`,
    replicas: 1 + (index % 3),
    host: `app-${number}.example.org`,
    logLevel: index % 2 === 0 ? "info" : "debug",
    upstream: `http://app-${String(((index + 1) % 150) + 1).padStart(3, "0")}:80`,
  };
});

export const repository = "registry.example.org/app";
