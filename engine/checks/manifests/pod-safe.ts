import type { Built } from "../../model/built";
import { error, warning, type Finding } from "../../model/finding";
import { controls, hardeningControls } from "../../model/pod-security";
import { groupsOf } from "../groups";
import { hardeningViolations, surroundingsOf, type Surroundings } from "./pod-hardening";
import { standardViolations } from "./pod-standards";
import { podsOf, type Pod } from "./pods";
import type { Violation } from "./violations";

/** Every pod keeps the safe defaults, or says why not; and no exemption outlives what it was for. */
export const podSafe = (built: readonly Built[]): readonly Finding[] =>
  built.flatMap((it) => {
    const around = surroundingsOf(it);
    return [
      ...podsOf(it).flatMap((pod) => judged(pod, around)),
      ...it.release.makes.flatMap((made) => unknownControls(it.release.address, `pods of ${made.component}`, Object.keys(made.exempt ?? {}))),
    ];
  });

function judged(pod: Pod, around: Surroundings): readonly Finding[] {
  const violations = groupsOf([...standardViolations(pod), ...hardeningViolations(pod, around)], ({ control }) => control);
  const broken = [...violations].filter(([control, all]) => !pod.exempt.has(control) && all.some(({ implied }) => !implied));
  const stale = [...pod.exempt].filter(([control]) => isControl(control) && !violations.has(control));
  return [
    ...broken.map(([control, all]) => unexempted(pod, control, all)),
    ...stale.map(([control, because]) => needless(pod, control, because)),
    ...unknownControls(pod.release.address, pod.object, [...pod.exempt.keys()]),
  ];
}

const known: readonly string[] = [...Object.keys(controls), ...hardeningControls];
const isControl = (name: string): boolean => known.includes(name);

/** While a running thing is being taken over, its pods are only told off. */
function unexempted({ release, object }: Pod, control: string, all: readonly Violation[]): Finding {
  const said = release.placement.enforcement === "observe" ? warning : error;
  return said({
    rule: control in controls ? "pod-security" : "pod-hardening",
    address: release.address,
    found: `${object}: ${[...new Set(all.map(({ found }) => found))].join("; ")}`,
    expected: `no pod that breaks "${control}" without a reason`,
    fix: `${all[0]?.fix ?? "Mend it"}, or say why not: exempt: { "${control}": "because …" }`,
  });
}

const needless = ({ release, object }: Pod, control: string, because: string): Finding =>
  error({
    rule: "exemption-stale",
    address: release.address,
    found: `${object} is exempt from "${control}" (${because}), and breaks nothing of it`,
    expected: "exemptions that something needs",
    fix: `Remove the exemption from "${control}"`,
  });

const unknownControls = (address: string, object: string, names: readonly string[]): readonly Finding[] =>
  names
    .filter((name) => !isControl(name))
    .map((name) =>
      error({
        rule: "exemption-stale",
        address,
        found: `${object} is exempt from "${name}", which is no control`,
        expected: `one of: ${known.join(", ")}`,
        fix: "Name the control that is meant, or remove it",
      }),
    );
