import { CONFIG_MAP } from "../../../../policies/kinds";
import { corefileProbes } from "../../../../policies/rules/corefile-probes";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function corefile(text: string, key = "Corefile") {
  return subject(CONFIG_MAP, { metadata: { name: "coredns" }, data: { [key]: text } });
}

describeRule(corefileProbes, {
  passing: {
    "each in a server block of its own": corefile(".:53 {\n health\n}\na.example:53 {\n ready\n}"),
    both: corefile(".:53 {\n health\n ready\n}"),
    "a part of another": corefile("protobox:53 {\n forward . 10.0.0.1\n}", "protobox.server"),
    "what an import may hold": corefile(".:53 {\n health\n import /etc/coredns/custom/*.override\n}"),
  },
  failing: {
    "one of them": {
      given: corefile(".:53 {\n health\n}"),
      finds: { path: "data.Corefile", fact: "the Corefile lacks ready" },
    },
    "both of them": {
      given: corefile(".:53 {\n errors\n}"),
      finds: { path: "data.Corefile", fact: "the Corefile lacks health and ready" },
    },
  },
  notApplicable: { "a ConfigMap without one": subject(CONFIG_MAP, { data: { text: "forward . 127.0.0.1" } }) },
  mutation: {
    stack: "prod",
    resource: "dns-kube-system-coredns",
    change: ["data.Corefile", ".:53 {\n ready\n}"],
    finds: "data.Corefile",
  },
});
