import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { ProjectService } from "@cdktf/provider-google/lib/project-service";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { TerraformStack } from "cdktf";

/** The project that a stack writes in. */
export interface Project {
  readonly id: string;
  /** Known once Terraform has asked: members and budgets are named by it. */
  readonly number: string;
  /** The services that the stack uses, each to be switched on before what it serves is made. */
  readonly services: Readonly<Record<string, ProjectService>>;
}

/** Provider, project and services (`storage` for `storage.googleapis.com`). */
export function projectOf(stack: TerraformStack, { project }: { readonly project: string }, services: readonly string[]): Project {
  // Budgets and quotas are counted where the work is, not in whatever project the credentials come from.
  new GoogleProvider(stack, "google", { project, billingProject: project, userProjectOverride: true });
  const data = new DataGoogleProject(stack, "project", { projectId: project });
  // Destroying a stack must not switch off what another one uses.
  const switchedOn = (name: string) =>
    new ProjectService(stack, name, { project, service: `${name}.googleapis.com`, disableOnDestroy: false });
  return { id: project, number: data.number, services: Object.fromEntries(services.map((name) => [name, switchedOn(name)])) };
}

/** What must be there before anything of a service is made. A stack that forgot to name the service is our own mistake. */
export function needs({ services }: Project, name: string): ProjectService[] {
  const service = services[name];
  if (service === undefined) throw new Error(`the stack uses ${name}.googleapis.com and does not switch it on`);
  return [service];
}
