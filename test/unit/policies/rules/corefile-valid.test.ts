import { CONFIG_MAP } from "../../../../policies/kinds";
import { corefileValid } from "../../../../policies/rules/corefile-valid";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function corefile(text: string, key = "Corefile") {
  return subject(CONFIG_MAP, { metadata: { name: "coredns" }, data: { [key]: text } });
}

describeRule(corefileValid, {
  passing: { "a server block": corefile(".:53 {\n forward . 10.0.0.1\n}") },
  failing: { "a brace that is not closed": { given: corefile(".:53 {\n forward . {\n"), finds: "data.Corefile" } },
  notApplicable: { "a ConfigMap without one": subject(CONFIG_MAP, { data: { text: "forward . 127.0.0.1" } }) },
  mutation: {
    stack: "prod",
    resource: "dns-kube-system-coredns",
    change: ["data.Corefile", ".:53 {\n forward . {\n"],
    finds: "data.Corefile",
  },
});
