import { among, flag, matching, text, type RecordType } from "./record-type";

/** What Omada's Open API takes: LanNetworkOpenApiV2VO, LanProfileConfigOpenApiVO and OswPortSettingOpenApiVO of its specification (controller 6). */
const id = matching(/^[0-9a-z]+$/);

export const lanNetwork: RecordType = {
  required: ["igmpSnoopEnable", "name", "purpose"],
  fields: {
    name: text(128),
    purpose: among(0, 1),
    vlan: (value) => typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 4094,
    igmpSnoopEnable: flag,
  },
};

export const lanProfile: RecordType = {
  required: ["bandWidthCtrlType", "dot1x", "lldpMedEnable", "loopbackDetectEnable", "name", "nativeNetworkId", "poe", "portIsolationEnable", "spanningTreeEnable"],
  fields: {
    name: text(128),
    bandWidthCtrlType: among(0, 1, 2),
    dot1x: among(0, 1, 2),
    poe: among(0, 1, 2),
    lldpMedEnable: flag,
    loopbackDetectEnable: flag,
    portIsolationEnable: flag,
    spanningTreeEnable: flag,
    nativeNetworkId: id,
    tagNetworkIds: (value) => Array.isArray(value) && value.every(id),
  },
};

export const switchPort: RecordType = {
  required: ["profileOverrideEnable"],
  fields: { name: text(128), profileId: id, profileOverrideEnable: flag },
};
