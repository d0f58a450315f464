import { CONFIG_MAP } from "../../../../policies/kinds";
import { corefileTwoUpstreams } from "../../../../policies/rules/corefile-two-upstreams";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function corefile(text: string, key = "Corefile") {
  return subject(CONFIG_MAP, { metadata: { name: "coredns" }, data: { [key]: text } });
}

describeRule(corefileTwoUpstreams, {
  passing: {
    "two at one address": corefile(".:53 {\n forward . 10.0.0.1:53 10.0.0.1:5353\n}"),
    "a file beside a server": corefile(".:53 {\n forward . /etc/resolv.conf 10.0.0.1\n}"),
    two: corefile(".:53 {\n forward . 10.0.0.1 10.0.0.2\n}"),
    "those of the node": corefile(".:53 {\n forward . /etc/resolv.conf\n}"),
    "what the stack accepts": { given: corefile(".:53 {\n forward . 10.0.0.1\n}"), settings: { upstreams: 1 } },
  },
  failing: {
    "one that is named twice, in whatever way": {
      given: [
        corefile(".:53 {\n forward . 10.0.0.1 10.0.0.1\n}"),
        corefile(".:53 {\n forward . 10.0.0.1 10.0.0.1:53 dns://10.0.0.1\n}"),
      ],
      finds: [{ path: "data.Corefile", value: "line 2: 10.0.0.1 10.0.0.1" }, "data.Corefile"],
    },
    "one server block of several": {
      given: corefile(".:53 {\n forward . 10.0.0.1 10.0.0.2\n}\nprotobox:53 {\n forward . 10.0.0.1\n}"),
      finds: { path: "data.Corefile", value: "line 5: 10.0.0.1" },
    },
    one: {
      given: corefile("protobox:53 {\n forward . 10.0.0.1 {\n  policy random\n }\n}"),
      finds: { path: "data.Corefile", value: "line 2: 10.0.0.1" },
    },
  },
  notApplicable: { "a ConfigMap without one": subject(CONFIG_MAP, { data: { text: "forward . 127.0.0.1" } }) },
  mutation: {
    stack: "prod",
    resource: "dns-kube-system-coredns",
    change: ["data.Corefile", ".:53 {\n reload\n forward . 10.9.9.9\n}"],
    finds: "data.Corefile",
  },
});
