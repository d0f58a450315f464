import { CONFIG_MAP } from "../../../../policies/kinds";
import { corefileValid } from "../../../../policies/rules/corefile-valid";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function corefile(text: string, key = "Corefile") {
  return subject(CONFIG_MAP, { metadata: { name: "coredns" }, data: { [key]: text } });
}

describeRule(corefileValid, {
  passing: {
    "a server block": corefile(".:53 {\n forward . 10.0.0.1\n}"),
    "a plugin that the stack's CoreDNS was built with": {
      given: corefile(".:53 {\n unbound\n}"),
      settings: { plugins: ["unbound"] },
    },
    "a loop, of which another rule tells": corefile(".:53 {\n forward . 127.0.0.1\n}"),
  },
  failing: {
    "a brace that is not closed": { given: corefile(".:53 {\n forward . {\n"), finds: "data.Corefile" },
    "a zone that is served twice": {
      given: corefile("a.example:53 {\n whoami\n}\na.example:53 {\n whoami\n}"),
      finds: "data.Corefile",
    },
    "what a plugin does not take, beside a loop": {
      given: corefile(".:53 {\n forward . 127.0.0.1\n}\na.example:53 {\n forward . git.example\n}"),
      finds: { path: "data.Corefile", value: "git.example" },
    },
    "a plugin that there is not": {
      given: corefile(".:53 {\n helth\n}"),
      finds: {
        path: "data.Corefile",
        fact: 'CoreDNS would not read it, line 2: CoreDNS has no plugin "helth"',
        value: "helth",
      },
    },
    "an empty one": {
      given: corefile(""),
      finds: {
        path: "data.Corefile",
        fact: "CoreDNS would not read it: the Corefile has no server block",
        fix: 'add one for the zone "."',
      },
    },
  },
  notApplicable: { "a ConfigMap without one": subject(CONFIG_MAP, { data: { text: "forward . 127.0.0.1" } }) },
  mutation: {
    stack: "prod",
    resource: "dns-kube-system-coredns",
    change: ["data.Corefile", ".:53 {\n forward . {\n"],
    finds: "data.Corefile",
  },
});
