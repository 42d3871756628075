import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alertmanager } from "../../apps/alertmanager/alertmanager";
import { place, type Placement } from "../../engine/model/placement";
import { programPath } from "../../tools/programs";
import { monitoring, objectOf, watched } from "../apps/monitoring";
import { alertmanagerFile } from "./alertmanager-file";
import { describeWithGo } from "./with-go";

/** Every kind of receiver, each for other severities. */
const everyone = place(alertmanager, {
  settings: {
    heartbeat: { host: "hc.test.example", urlKey: "alertmanager/heartbeat" },
    receivers: [
      { kind: "webhook", name: "ntfy", host: "ntfy.test.example", urlKey: "alertmanager/ntfy", tokenKey: "alertmanager/ntfy-access" },
      { kind: "slack", name: "chat", hears: ["critical"], urlKey: "alertmanager/chat", channel: "#lab" },
      { kind: "email", name: "mail", hears: ["critical", "info"], host: "smtp.test.example", from: "lab@test.example", to: "ada@test.example", user: "lab", passwordKey: "alertmanager/mail" },
    ],
  },
});

describeWithGo("routes, asked of amtool", ["amtool"], () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "hearth-routes-"));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  const write = (placement: Placement): void => {
    const config = objectOf(watched(...monitoring(placement)), "alertmanager", "AlertmanagerConfig/alertmanager");
    // JSON is YAML; a value that is a URL satisfies every kind of secret.
    writeFileSync(join(directory, "alertmanager.yaml"), JSON.stringify(alertmanagerFile(config, (name) => `https://${name}.test.example/hook`)));
  };
  const amtool = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(programPath("amtool"), args, { cwd: directory, encoding: "utf8" });
    if (status !== 0) throw new Error(stdout + stderr);
    return stdout;
  };
  const receiverOf = (...labels: readonly string[]): string => amtool("config", "routes", "test", "--config.file=alertmanager.yaml", ...labels).trim();

  test("Alertmanager accepts a configuration with every kind of receiver", () => {
    write(everyone);
    expect(amtool("check-config", "alertmanager.yaml")).toContain("SUCCESS");
  });

  test("Alertmanager accepts the configuration of a lab that told it of nobody", () => {
    write(place(alertmanager));
    expect(amtool("check-config", "alertmanager.yaml")).toContain("SUCCESS");
  });

  test.each(["critical", "warning", "info"])("an alert that is %s goes where that is heard", (severity) => {
    write(everyone);
    expect(receiverOf("alertname=NodeDiskFull", `severity=${severity}`)).toBe(`alertmanager/alertmanager/${severity}`);
  });

  test("an alert without a severity is heard as a warning", () => {
    write(everyone);
    expect(receiverOf("alertname=SomebodysOwn")).toBe("alertmanager/alertmanager/warning");
  });

  test("the watchdog goes to the heartbeat alone", () => {
    write(everyone);
    expect(receiverOf("alertname=Watchdog", "severity=info")).toBe("alertmanager/alertmanager/heartbeat");
  });

  test("without a heartbeat nobody hears the watchdog", () => {
    write(place(alertmanager));
    expect(receiverOf("alertname=Watchdog", "severity=info")).toBe("alertmanager/alertmanager/nobody");
  });

  test("a configuration that names no receiver of its own is refused", () => {
    writeFileSync(join(directory, "alertmanager.yaml"), JSON.stringify({ route: { receiver: "missing" }, receivers: [] }));
    expect(() => amtool("check-config", "alertmanager.yaml")).toThrow('undefined receiver "missing"');
  });
});
