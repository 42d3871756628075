import type { Bytes, Duration } from "./quantity";

/**
 * What Google computes for the lab where its own machines do not: models behind Vertex AI, and a machine with a GPU. In a project of
 * its own: whoever may ask a model must not come near the copies.
 */
export interface Offload {
  readonly project: string;
  /** `012345-567890-ABCDEF` */
  readonly billingAccount: string;
  /** Where models answer and machines stand: `europe-west1`. */
  readonly region: string;
  /** Who hears of costs. */
  readonly alertsTo: string;
  readonly budget: { readonly amount: number; readonly currency: string };
  /** Pods that may ask models of Vertex AI. Each shows its own token, and gets no key. */
  readonly models?: readonly ModelCaller[];
  readonly machine?: OffloadMachine;
}

/** A pod, by the account that it runs under. */
export interface ModelCaller {
  readonly cluster: string;
  readonly namespace: string;
  readonly account: string;
}

/** A machine with a GPU, as a template. Nothing runs, and nothing is paid for, until `runs` says so. */
export interface OffloadMachine {
  /** A type that brings its GPUs along, as `g2-standard-16` its L4. */
  readonly type: string;
  readonly zone: string;
  readonly disk: Bytes;
  /** What it starts from: `projects/debian-cloud/global/images/family/debian-12`. */
  readonly image: string;
  readonly runs?: boolean;
  /** It stops by itself after so long, and a forgotten one is not found on the bill. */
  readonly stopsAfter: Duration;
}

/** The account at Google's that a pod asks as. */
export const callerName = ({ account, cluster }: ModelCaller): string => `${account}-${cluster}`;
