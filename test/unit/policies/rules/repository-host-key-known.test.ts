import { CONFIG_MAP } from "../../../../policies/kinds";
import { repositoryHostKeyKnown } from "../../../../policies/rules/repository-host-key-known";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, subject } from "../support/subjects";

function known(hosts: string) {
  return subject(CONFIG_MAP, { metadata: { name: "argocd-ssh-known-hosts-cm" }, data: { ssh_known_hosts: hosts } });
}

function ssh(repoURL: string) {
  return application({ source: { repoURL } });
}

describeRule(repositoryHostKeyKnown, {
  passing: {
    "a known host": [
      known("# made by ssh-keyscan\ngit.example,10.0.0.7 ssh-ed25519 AAAA"),
      ssh("git@git.example:shop.git"),
    ],
    "a port of its own": [known("[git.example]:2222 ssh-ed25519 AAAA"), ssh("ssh://git@git.example:2222/shop.git")],
    "a pattern of hosts": [
      known("*.example ssh-ed25519 AAAA\n@cert-authority *.other ssh-ed25519 AAAA"),
      ssh("git@git.example:shop.git"),
      ssh("git@git.other:shop.git"),
    ],
    "a name in upper case, with blanks in front": [
      known("  Git.Example ssh-ed25519 AAAA"),
      ssh("git@git.example:shop.git"),
    ],
    "an address of IPv6": [known("[2001:db8::7]:22 ssh-ed25519 A"), ssh("git@[2001:db8::7]:shop.git")],
    "hashed names": [known("|1|abc=|def= ssh-ed25519 AAAA"), ssh("git@git.example:shop.git")],
  },
  failing: {
    "a note that names the host": {
      given: [known("#git.example ssh-ed25519 AAAA\n\n# git.example"), ssh("git@git.example:shop.git")],
      finds: "spec.source.repoURL",
    },
    "an ApplicationSet": {
      given: [
        known("other.example ssh-ed25519 AAAA"),
        applicationSet({ template: { spec: { source: { repoURL: "git@git.example:shop.git" } } } }),
      ],
      finds: "spec.template.spec.source.repoURL",
    },
    "another host": {
      given: [known("@cert-authority other.example ssh-ed25519 AAAA"), ssh("git@git.example:shop.git")],
      finds: { path: "spec.source.repoURL", value: "git.example" },
    },
  },
  notApplicable: {
    HTTPS: [known(""), ssh("https://git.example/shop.git")],
    "hosts that are declared elsewhere": ssh("git@git.example:shop.git"),
  },
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    change: ["spec.source.repoURL", "git@git.acme.example:shop/deploy.git"],
    finds: "spec.source.repoURL",
  },
});
