import type { Offsite } from "../engine/model/offsite";

/** The bucket that holds every stack's state: whoever may write it may change everything that the stacks describe. */
export const stateBucketOf = ({ bucketPrefix }: Offsite): string => `${bucketPrefix}-terraform-state`;
