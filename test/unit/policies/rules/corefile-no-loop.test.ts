import { CONFIG_MAP } from "../../../../policies/kinds";
import { corefileNoLoop } from "../../../../policies/rules/corefile-no-loop";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function corefile(text: string, key = "Corefile") {
  return subject(CONFIG_MAP, { metadata: { name: "coredns" }, data: { [key]: text } });
}

describeRule(corefileNoLoop, {
  passing: {
    "another server": corefile(".:53 {\n forward . 10.0.0.1\n}"),
    "what CoreDNS would not read": corefile(".:53 {\n forward . {\n"),
  },
  failing: {
    itself: {
      given: corefile("protobox:53 {\n forward . 127.0.0.1\n}"),
      finds: { path: "data.Corefile", value: "line 2: 127.0.0.1" },
    },
    "itself, in a part": {
      given: corefile("protobox:53 {\n forward . 127.0.0.1\n}", "protobox.server"),
      finds: 'data["protobox.server"]',
    },
  },
  notApplicable: { "a ConfigMap without one": subject(CONFIG_MAP, { data: { text: "forward . 127.0.0.1" } }) },
  mutation: {
    stack: "prod",
    resource: "dns-kube-system-coredns",
    change: ["data.Corefile", ".:53 {\n forward . 127.0.0.1\n}"],
    finds: "data.Corefile",
  },
});
