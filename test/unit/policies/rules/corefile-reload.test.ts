import { CONFIG_MAP } from "../../../../policies/kinds";
import { corefileReload } from "../../../../policies/rules/corefile-reload";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function corefile(text: string, key = "Corefile") {
  return subject(CONFIG_MAP, { metadata: { name: "coredns" }, data: { [key]: text } });
}

describeRule(corefileReload, {
  passing: {
    there: corefile(".:53 {\n reload\n}"),
    "what an import may hold": corefile(".:53 {\n import /etc/coredns/custom/*.override\n}"),
    "a part of another": corefile("protobox:53 {\n forward . 10.0.0.1\n}", "protobox.server"),
  },
  failing: { missing: { given: corefile(".:53 {\n errors\n}"), finds: "data.Corefile" } },
  notApplicable: { "a ConfigMap without one": subject(CONFIG_MAP, { data: { text: "forward . 127.0.0.1" } }) },
  mutation: {
    stack: "prod",
    resource: "dns-kube-system-coredns",
    change: ["data.Corefile", ".:53 {\n health\n ready\n}"],
    finds: "data.Corefile",
  },
});
