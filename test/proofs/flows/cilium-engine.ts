import { execFileSync } from "node:child_process";
import type { Manifest } from "../../../engine/model/manifest";
import { programPath } from "../../../tools/programs";

/** Whom Cilium's policy engine is asked about: tools/cilium/verdicts. */
export interface EnginePeer {
  /** A pod's: these are asked what they may say and hear. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  readonly namedPorts?: Readonly<Record<string, EnginePort>>;
  /** `host`, `remote-node`, `kube-apiserver`. */
  readonly reserved?: readonly string[];
  /** Outside the cluster; and the names whose address the DNS said that it is. */
  readonly address?: string;
  readonly names?: readonly string[];
}

export interface EnginePort {
  readonly port: number;
  readonly protocol: "TCP" | "UDP" | "SCTP";
}

export interface Question {
  readonly policies: readonly Manifest[];
  readonly peers: readonly EnginePeer[];
  readonly ports: readonly EnginePort[];
}

/** For each pod and each peer one character a port: `1` where it is let through. */
export interface Answer {
  /** Policies that an agent would not take. */
  readonly refused: readonly string[];
  readonly egress: readonly (readonly string[])[];
  readonly ingress: readonly (readonly string[])[];
}

export const engineAnswers = (questions: readonly Question[]): readonly Answer[] =>
  JSON.parse(execFileSync(programPath("verdicts"), { input: JSON.stringify(questions), encoding: "utf8", maxBuffer: 2 ** 29 }));
