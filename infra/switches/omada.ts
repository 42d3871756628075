import { toJson } from "../../engine/emit/json";
import type { Lab } from "../../engine/model/lab";
import { networksOn, type Omada, type PortNetworks } from "../../engine/model/switches";

/**
 * What an Omada controller is asked for through its Open API: bodies of its own types (LanNetworkOpenApiV2VO,
 * LanProfileConfigOpenApiVO, OswPortSettingOpenApiVO), in which the playbook puts the ids that the controller gave for the names.
 */
export function omadaFiles(lab: Lab): ReadonlyMap<string, string> {
  const { omada } = lab;
  if (!omada) return new Map();
  const ports = portsOf(omada, lab);
  return new Map([
    [
      "infra/out/omada/site.json",
      toJson({
        endpoint: omada.endpoint,
        site: omada.site,
        networks: networks(lab),
        profiles: [...new Map(ports.map(({ carries }) => [profileName(carries), profile(carries)])).values()].sort((left, right) =>
          left.body.name < right.body.name ? -1 : 1,
        ),
        ports: ports.map(({ mac, port, name, carries }) => ({
          switch: mac,
          port,
          profile: profileName(carries),
          body: { name, profileOverrideEnable: false },
        })),
      }),
    ],
  ]);
}

/** Purpose 0 is a VLAN and nothing else: the router has the addresses. */
const networks = (lab: Lab) =>
  lab.networks.flatMap(({ name, vlan }) => (vlan === undefined ? [] : [{ name, purpose: 0, vlan, igmpSnoopEnable: false }]));

const portsOf = ({ switches }: Omada, lab: Lab) =>
  switches.flatMap(({ name: of, mac, ports }) =>
    Object.entries(ports).map(([port, use]) => ({
      mac,
      port: Number(port),
      name: "host" in use ? use.host : "uplink" in use ? use.uplink : `${use.network} on ${of}`,
      carries: networksOn(use, lab),
    })),
  );

/** A controller takes up to 128 characters; people read the first few. */
const profileName = ({ untagged, tagged }: PortNetworks): string => ["hearth", untagged, ...tagged].join(" ");

const profile = (carries: PortNetworks) => ({
  untagged: carries.untagged,
  tagged: carries.tagged,
  body: {
    name: profileName(carries),
    // 2: as it is; 1: authorized without asking; 0: no limit.
    poe: 2,
    dot1x: 1,
    bandWidthCtrlType: 0,
    portIsolationEnable: false,
    lldpMedEnable: true,
    spanningTreeEnable: true,
    loopbackDetectEnable: false,
  },
});
