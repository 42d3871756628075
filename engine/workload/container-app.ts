import { z } from "zod";
import { defineApp } from "../model/app";
import type { Entrants } from "../model/entrants";
import { imageSetting, type Image } from "../model/image";
import { generated, vault, type Peer, type Reach, type Store } from "../model/needs";
import { bytes, cpu, type Bytes, type Cpu } from "../model/quantity";
import { recipe } from "../model/recipe";
import { http, tcp } from "./probe";
import { claim, scratch } from "./volume";
import { Workload } from "./workload";

export interface ContainerAppProps {
  readonly name: string;
  readonly image: Image;
  /** The port it listens on. Ports below 1024 need root; choose a high one. */
  readonly port: number;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly reach?: Reach;
  /** Who may enter from the internet, where that is its reach. */
  readonly enter?: Entrants;
  readonly speaks?: string;
  /** A path that answers 200 when it is ready; without it, the port is only connected to. */
  readonly health?: string;
  /** Data that outlives the pod, by mount path. */
  readonly stores?: Readonly<Record<string, Store & { readonly as: "volume" }>>;
  /** Secret values by environment variable: `"generated"`, or the vault's name for one. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly talksTo?: Readonly<Record<string, Peer>>;
  /** Paths that it writes to besides its stores. */
  readonly writes?: readonly string[];
  readonly user?: number;
  readonly cpu?: Cpu;
  readonly memory?: Bytes;
}

/** An app of one container: everything a cluster gives an app of the catalogue, from a dozen lines. */
export const containerApp = recipe((props: ContainerAppProps) => {
  const paths = Object.keys(props.stores ?? {});
  const variables = Object.keys(props.secrets ?? {});
  const storeName = (path: string) => path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "").toLowerCase();
  const secretName = (variable: string) => variable.toLowerCase().replaceAll("_", "-");
  return defineApp({
    name: props.name,
    settings: z.object({
      image: imageSetting.default(props.image),
      replicas: z.int().min(1).default(1),
      cpu: cpu.default(props.cpu ?? "50m"),
      memory: bytes.default(props.memory ?? "128Mi"),
    }),
    needs: () => ({
      exposes: { web: { port: props.port, scheme: "http" as const, reach: props.reach ?? "lan", ...(props.enter ? { enter: props.enter } : {}), ...(props.speaks ? { speaks: props.speaks } : {}) } },
      stores: Object.fromEntries(Object.entries(props.stores ?? {}).map(([path, store]) => [storeName(path), store])),
      secrets: Object.fromEntries(Object.entries(props.secrets ?? {}).map(([variable, from]) => [secretName(variable), from === "generated" ? generated() : vault(from)])),
      talksTo: props.talksTo ?? {},
    }),
    build(chart, { settings, grants }) {
      new Workload(chart, props.name, {
        image: settings.image,
        replicas: settings.replicas,
        ...(props.args ? { args: props.args } : {}),
        ...(props.user === undefined ? {} : { user: props.user }),
        ports: { web: props.port },
        resources: { cpu: settings.cpu, memory: settings.memory },
        env: { ...props.env, ...granted(variables, (variable) => grants.secrets[secretName(variable)]) },
        mounts: {
          ...Object.fromEntries(Object.entries(granted(paths, (path) => grants.stores[storeName(path)])).map(([path, grant]) => [path, claim(grant)])),
          ...Object.fromEntries((props.writes ?? []).map((path) => [path, scratch(storeName(path), "256Mi")])),
        },
        probes: { ready: props.health ? http(props.health, props.port) : tcp(props.port), live: tcp(props.port) },
      });
    },
  });
});

/** What was granted under each name; every name was asked for, so each has its grant. */
function granted<T>(names: readonly string[], grantOf: (name: string) => T | undefined): Readonly<Record<string, T>> {
  return Object.fromEntries(names.flatMap((name) => { const grant = grantOf(name); return grant === undefined ? [] : [[name, grant]]; }));
}
