import type { SecretGrant } from "../../engine/model/grants";

/** What several components call, as `host:port`. */
export interface Backends {
  readonly repoServer: string;
  readonly redis: string;
  readonly redisPassword: SecretGrant;
  /** Where Dex signs people in. */
  readonly dex?: string;
}

export const cacheEnv = ({ redis, redisPassword }: Backends): Readonly<Record<string, string | SecretGrant>> => ({ REDIS_SERVER: redis, REDIS_PASSWORD: redisPassword });
