/**
 * The options of what GitLab has but once under its key: the protection of a branch, a variable of a key and scope, a
 * file, a member. Made before its former is deleted, as Pulumi's way is, it would be refused as taken; or it would be
 * the same thing as the former, which goes with that.
 */
export const formerFirst = { deleteBeforeReplace: true } as const;
