import { error, warning, type Finding } from "../../model/finding";
import type { Lab } from "../../model/lab";

/**
 * etcd goes on while more than half of its members are there: of two none may be lost, and of four no more than of three.
 * https://etcd.io/docs/v3.6/faq/#why-an-odd-number-of-cluster-members
 */
export const controlPlaneQuorum = ({ clusters }: Lab): readonly Finding[] =>
  clusters.flatMap(({ name, environment, nodes }) => {
    const members = nodes.filter(({ role }) => role === "control-plane").map((node) => node.name);
    if (members.length === 0 || members.length % 2 === 1) return [];
    const isFatal = members.length === 2;
    const tell = isFatal && environment === "production" ? error : warning;
    return [
      tell({
        rule: "control-plane-quorum",
        address: name,
        found: `${members.length} control planes (${members.join(", ")}): ${isFatal ? "without either of them nothing on the cluster can be changed or placed" : `no more of them may be lost than of ${members.length - 1}`}`,
        expected: "one, or an odd number from three on",
        fix: "Make one node more a control plane, or one fewer",
      }),
    ];
  });
