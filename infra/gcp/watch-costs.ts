import { BillingBudget } from "@cdktf/provider-google/lib/billing-budget";
import type { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import type { TerraformStack } from "cdktf";
import type { GoogleCloud } from "../../engine/model/offsite";
import { needs, type Project } from "./project";

/** Tells of half, nine tenths and all of a month's budget, and when the month is going to exceed it. It stops nothing. */
export function watchCosts(
  stack: TerraformStack,
  { billingAccount, budget }: Pick<GoogleCloud, "billingAccount" | "budget">,
  channel: MonitoringNotificationChannel,
  project: Project,
): void {
  new BillingBudget(stack, "budget", {
    billingAccount,
    displayName: `${project.id} a month`,
    budgetFilter: { projects: [`projects/${project.number}`] },
    amount: { specifiedAmount: { currencyCode: budget.currency, units: String(budget.amount) } },
    thresholdRules: [
      ...[0.5, 0.9, 1].map((thresholdPercent) => ({ thresholdPercent })),
      { thresholdPercent: 1, spendBasis: "FORECASTED_SPEND" },
    ],
    allUpdatesRule: { monitoringNotificationChannels: [channel.name], disableDefaultIamRecipients: true },
    dependsOn: needs(project, "billingbudgets"),
  });
}
