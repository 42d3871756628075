import { bytesFrom, bytesOf, milliCpuOf, type Bytes, type Cpu } from "../model/quantity";

/** What a container that an operator makes asks for, and the memory that it may not pass. */
export interface Takes {
  readonly cpu: Cpu;
  readonly memory: Bytes;
  /** Without it, none: it is unknown how much the work takes, and stopping in the middle is worse. */
  readonly limit?: Bytes;
}

/** As custom resources write it. CPU is never limited: a limit only slows what has room. */
export const resourcesOf = ({ cpu, memory, limit }: Takes) => ({ requests: { cpu, memory }, ...(limit ? { limits: { memory: limit } } : {}) });

/** The requests of a pod with these containers. */
export const requestsOf = (containers: readonly Takes[]): { readonly cpu: Cpu; readonly memory: Bytes } => ({
  cpu: `${containers.reduce((sum, it) => sum + milliCpuOf(it.cpu), 0)}m`,
  memory: bytesFrom(containers.reduce((sum, it) => sum + bytesOf(it.memory), 0)),
});
