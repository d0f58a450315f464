import { SECRET, SECRET_PATCH } from "../../../../policies/kinds";
import { GROUP_HOOK, PROJECT_HOOK } from "../../../../policies/gitlab-kinds";
import { argocdWebhookSecret } from "../../../../policies/rules/argocd-webhook-secret";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

const metadata = { name: "argocd-secret", namespace: "argocd" };
const hook = subject(PROJECT_HOOK, { url: "https://argocd.example/api/webhook" });

function argocdSecret(data: unknown) {
  return subject(SECRET, { metadata, data });
}

describeRule(argocdWebhookSecret, {
  passing: {
    "the key": [hook, argocdSecret({ "webhook.gitlab.secret": "c2VjcmV0" })],
    "the key in a patch": [
      hook,
      argocdSecret({}),
      { ...argocdSecret({ "webhook.gitlab.secret": "c2VjcmV0" }), type: SECRET_PATCH },
    ],
    "the key in clear": [hook, subject(SECRET, { metadata, stringData: { "webhook.gitlab.secret": "secret" } })],
    "data that cannot be looked into": [hook, argocdSecret("[secret]")],
  },
  failing: {
    "no key": { given: [hook, argocdSecret({ "admin.password": "c2VjcmV0" })], finds: 'data["webhook.gitlab.secret"]' },
    "an empty key": {
      given: [hook, argocdSecret({ "webhook.gitlab.secret": "" })],
      finds: 'data["webhook.gitlab.secret"]',
    },
    "a group's hook": {
      given: [subject(GROUP_HOOK, { url: "https://argocd.example/api/webhook" }), argocdSecret({})],
      finds: 'data["webhook.gitlab.secret"]',
    },
  },
  notApplicable: {
    "no Secret of Argo CD's": [hook, subject(SECRET, { metadata: { name: "shop" } })],
    "a hook below the path": [subject(PROJECT_HOOK, { url: "https://argocd.example/api/webhook/x" }), argocdSecret({})],
    "no hooks": argocdSecret({}),
    "a hook to something else": [subject(PROJECT_HOOK, { url: "https://board.example/hooks" }), argocdSecret({})],
  },
  mutation: {
    stack: "prod",
    resource: "argocd-secret-keys",
    change: ["data", { "admin.password": "c2VjcmV0" }],
    finds: 'data["webhook.gitlab.secret"]',
    at: "argocd-secret-argocd-secret",
  },
});
