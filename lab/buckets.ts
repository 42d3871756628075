import { externalBucket } from "../engine/capabilities/storage/external-bucket";
import { secrets } from "./secrets";

/** Buckets for what the lab keeps outside its clusters: Google Cloud Storage, which speaks S3 with HMAC keys. */
export const buckets = externalBucket({ endpoint: "storage.googleapis.com", region: "auto", prefix: "hearth-", secrets });
