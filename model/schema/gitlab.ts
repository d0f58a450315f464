import { z } from "zod";
import { cronFault } from "../cron";
import type { Finding } from "../report";
import { secretName } from "./names";
import { webUrl } from "./network";
import { count, distinct, judge, strict, text } from "./strict";
import { timeZone } from "./sync-windows";

const MAX_ID = 2 ** 31 - 1;

/** A user's name on GitLab, as it stands in the address of the user's page. */
export const gitlabLogin = text(
  (value) =>
    /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(value)
      ? undefined
      : {
          message: "the value is not a user's name on GitLab",
          allowed: "letters, digits, _, - and .: alice",
          fix: "write the name without @, as it stands in the address of the user's page",
        },
  /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/,
);

const GROUP_PATH = /^[A-Za-z0-9][A-Za-z0-9_.-]*(\/[A-Za-z0-9][A-Za-z0-9_.-]*)*$/;

const groupPath = text(
  (value) =>
    GROUP_PATH.test(value)
      ? undefined
      : {
          message: "the value is not the path of a group",
          allowed: "names with / between: platform/teams",
          fix: "write the path as it stands in the group's address, without the server",
        },
  GROUP_PATH,
);

const adoptedPath = text((value) =>
  value === "**" || GROUP_PATH.test(value.replace(/\/\*\*$/, ""))
    ? undefined
    : {
        message: "the value is not the path of a group or repository",
        allowed: "acme/shop, acme/shop/** for it and all below it, or ** for all",
        fix: "write the path as it stands in the address on GitLab, without the server",
      },
);

const cron = text((value) => {
  const fault = cronFault(value);
  return fault === undefined
    ? undefined
    : {
        message: `the value is not a schedule: ${fault}`,
        allowed: 'minute, hour, day of the month, month, day of the week: "30 2 * * *"',
        fix: "write five fields, without a name such as @daily",
      };
});

const webhook = strict({
  enabled: z.boolean().optional().describe("Whether GitLab tells Argo CD of each push. Default: true."),
  url: webUrl(["https", "http"]).optional().describe("Where to post. Default: argocd.url with /api/webhook."),
  verifyTls: z.boolean().optional().describe("Whether GitLab verifies Argo CD's certificate. Default: true."),
});

const mirror = strict({
  enabled: z
    .boolean()
    .optional()
    .describe("Whether projects with external repositories get a repository mirror. Default: true."),
  image: text((value) =>
    /^[^\s@]+(@sha256:[0-9a-f]{64})?$/.test(value)
      ? undefined
      : {
          message: "the value is not an image",
          allowed: "such as registry.acme.example/git:2.49.1",
          fix: "write registry, name and tag or digest",
        },
  )
    .optional()
    .describe("The image of the mirror's job, with git and curl. Default: that of the mirror's .gitlab-ci.yml."),
  runnerTag: z
    .string()
    .min(1)
    .optional()
    .describe("The tag of the runners that run it. Default: that of the mirror's .gitlab-ci.yml."),
  schedule: cron.optional().describe('When all branches and tags are synchronised: "30 2 * * *". Default: never.'),
  timeZone: timeZone.optional().describe("The schedule's time zone: Europe/Paris. Default: UTC."),
}).check(
  judge(({ schedule, timeZone: zone }): Finding | undefined =>
    zone !== undefined && schedule === undefined
      ? { message: "there is a time zone, but no schedule", value: zone, fix: "add schedule, or remove timeZone" }
      : undefined,
  ),
);

const tokens = strict({
  validDays: count(2, 365).optional().describe("How long tokens are valid, days. Default: 365."),
  rotateBeforeDays: count(1, 364)
    .optional()
    .describe("How many days before they expire an update renews them. Default: 30."),
}).check(
  judge(({ validDays = 365, rotateBeforeDays = 30 }): Finding | undefined =>
    rotateBeforeDays < validDays
      ? undefined
      : {
          message: "tokens would be renewed before they are made",
          value: `validDays: ${String(validDays)}, rotateBeforeDays: ${String(rotateBeforeDays)}`,
          allowed: "rotateBeforeDays below validDays",
          fix: "lower rotateBeforeDays or raise validDays",
        },
  ),
);

/** `gitops-factory:gitlab` */
export const gitlab = strict({
  url: webUrl(["https", "http"])
    .overwrite((value) => value.replace(/\/+$/, ""))
    .describe("GitLab's address, as people open it: https://gitlab.acme.example."),
  token: secretName.describe(
    "The name of a secret of the form {value}: a token with the scope api. The owner's may make groups; the others' is " +
      "an owner of the projects' groups.",
  ),
  owner: z
    .boolean()
    .optional()
    .describe(
      "Whether this stack declares what all environments share: groups, repositories, mirrors. One stack of all says " +
        "true; the others only add their environment's own tokens and hooks. Default: false.",
    ),
  certificateAuthority: z
    .string()
    .min(1)
    .optional()
    .describe(
      "A file with the PEM certificate of the private CA of GitLab, relative to the project's folder. Argo CD trusts it " +
        "too, unless argocd.tlsCertificates names another for the host.",
    ),
  parentGroup: strict({
    path: groupPath.describe("The group's full path."),
    id: count(1, MAX_ID).describe("The group's id, as its page on GitLab shows it."),
  })
    .optional()
    .describe("An existing group below which those of organisations are. Default: the top level."),
  visibility: z
    .enum(["private", "internal", "public"])
    .optional()
    .describe("Who sees groups and repositories. Default: private, their members."),
  users: z
    .record(gitlabLogin, count(1, MAX_ID))
    .optional()
    .describe("The ids of the users that catalogue files name, by user name: { alice: 42 }."),
  webhook: webhook.optional().describe("How GitLab tells Argo CD of each push."),
  mirror: mirror.optional().describe("How external repositories are brought here."),
  tokens: tokens.optional().describe("How long the tokens live that Argo CD and the mirror use."),
  adopt: distinct(adoptedPath)
    .optional()
    .describe(
      "Full paths of groups and repositories that exist and are taken over as they are: acme/shop, acme/shop/**, **. " +
        "Their settings change once the path is removed from here. Default: none.",
    ),
  permanently: z
    .boolean()
    .optional()
    .describe(
      "Whether what is deleted goes at once and its path is free again. Otherwise GitLab keeps it for some days. Default: false.",
    ),
});
export type GitLabInput = z.output<typeof gitlab>;
