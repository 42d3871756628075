import { z } from "zod";
import { bytes, type Bytes } from "./quantity";

/** The processor architectures a lab's hosts have, in Kubernetes' own labels (`kubernetes.io/arch`). */
export type Architecture = "amd64" | "arm64";

/**
 * A container image pinned by its version tag. Digests are Renovate's job.
 * It is always the value of a setting, so that an owner can mirror or replace it and the engine knows where it can run.
 */
export interface Image {
  readonly repository: string;
  readonly tag: string;
  readonly architectures: readonly Architecture[];
  /** About how much of a node's disk it takes, unpacked; left out where nobody has looked. */
  readonly size?: Bytes | undefined;
}

/** What images take of a node's disk, unpacked, where no app says. */
export interface ImageSizes {
  /** By repository, or by whose it is where a controller chooses it: `rook-ceph's rbd-node`. */
  readonly each?: Readonly<Record<string, Bytes>>;
  /** What every other one is counted as. Without it, they are named and counted as nothing. */
  readonly others?: Bytes;
}

export const image = (repository: string, tag: string, { architectures = ["amd64", "arm64"], size }: Partial<Pick<Image, "architectures" | "size">> = {}): Image => ({
  repository,
  tag,
  architectures,
  ...(size === undefined ? {} : { size }),
});

/** What a pod writes into `image:`. */
export const reference = (it: Image): string => `${it.repository}:${it.tag}`;

/** `docker.io/ollama/ollama:0.32.15` without its tag or digest, and anything that has none as it is. */
export const repositoryOf = (image: string): string => image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");

/** The setting type of an image: a floating tag is refused, because two syncs of one commit must run one program. */
export const imageSetting = z.strictObject({
  repository: z.string().regex(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+$/, { error: "a repository with its registry, such as docker.io/ollama/ollama" }),
  tag: z.string().regex(/^(?!latest$)[\w][\w.-]{0,127}$/, { error: "a version tag, and never `latest`" }),
  architectures: z.array(z.enum(["amd64", "arm64"])).min(1).readonly(),
  size: bytes.optional(),
});

export const isImage = (value: unknown): value is Image =>
  typeof value === "object" && value !== null && "repository" in value && "tag" in value && "architectures" in value;
