import { APP_PROJECT, CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectTokensExpire } from "../../../../policies/rules/appproject-tokens-expire";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

const DAY = 24 * 60 * 60;
const NOW = 1_764_000_000;

const withToken = (token: object) => appProject({ roles: [{ name: "ci", jwtTokens: [token] }] });

describeRule(appProjectTokensExpire, {
  passing: {
    "roles without tokens": appProject({ roles: [{ name: "ci" }] }),
    "a token for a year, which is the longest": withToken({ iat: NOW, exp: NOW + 365 * DAY }),
    "a token for a month": withToken({ iat: NOW, exp: NOW + 30 * DAY }),
    "a token for two years, which the stack allows": {
      given: withToken({ iat: NOW, exp: NOW + 730 * DAY }),
      settings: { days: 730 },
    },
  },
  failing: {
    "no end": {
      given: withToken({ iat: NOW }),
      finds: {
        path: "spec.roles[0].jwtTokens[0]",
        fact: "the token never expires",
        value: "a token of the role ci",
        fix: "delete it, and make one that expires: argocd proj role create-token --expires-in 8760h",
      },
    },
    "no beginning": { given: withToken({ exp: NOW }), finds: "spec.roles[0].jwtTokens[0]" },
    "a second more than a year": {
      given: withToken({ iat: NOW, exp: NOW + 365 * DAY + 1 }),
      finds: { path: "spec.roles[0].jwtTokens[0]", fact: "the token is valid for more than 365 days" },
    },
    "one in the status, which Argo CD heeds as well": {
      given: subject(APP_PROJECT, {
        metadata: { name: "shop" },
        status: { jwtTokensByRole: { ci: { items: [{ iat: NOW, exp: NOW + DAY }, { iat: NOW }] } } },
      }),
      finds: { path: 'status.jwtTokensByRole["ci"].items[1]', value: "a token of the role ci" },
    },
    "the end 0, which is none": { given: withToken({ iat: NOW, exp: 0 }), finds: "spec.roles[0].jwtTokens[0]" },
    "ten years": { given: withToken({ iat: NOW, exp: NOW + 3650 * DAY }), finds: "spec.roles[0].jwtTokens[0]" },
    "a month, where the stack allows a week": {
      given: withToken({ iat: NOW, exp: NOW + 30 * DAY }),
      settings: { days: 7 },
      finds: "spec.roles[0].jwtTokens[0]",
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }) },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.roles[0].jwtTokens", [{ iat: NOW, id: "ci" }]],
    finds: "spec.roles[0].jwtTokens[0]",
  },
});
