import type { Prices } from "../../engine/model/price";

/** Read from a stored copy of the page, which bears no date of its own: look again before you rely on them. */
export const prices: Prices = {
  asOf: "2026-11-21",
  currency: "USD",
  storage: { STANDARD: 0.02, NEARLINE: 0.01, COLDLINE: 0.004, ARCHIVE: 0.0012 },
  fetching: 0.12,
  electricityPerKwh: 0.3,
  offloadPerHour: 1.26,
  sources: [
    "https://cloud.google.com/storage/pricing: Belgium (europe-west1)",
    "https://cloud.google.com/storage/pricing-examples: data transfer to the internet",
    "https://github.com/Cyclenerd/google-cloud-pricing-cost-calculator, pricing.yml: g2-standard-16 in europe-west1, without its disk",
    "the house's own bill: electricity",
  ],
};
