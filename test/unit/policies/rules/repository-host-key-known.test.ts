import { CONFIG_MAP } from "../../../../policies/kinds";
import { repositoryHostKeyKnown } from "../../../../policies/rules/repository-host-key-known";
import { describeRule } from "../support/describe-rule";
import { application, subject } from "../support/subjects";

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
    "hashed names": [known("|1|abc=|def= ssh-ed25519 AAAA"), ssh("git@git.example:shop.git")],
  },
  failing: {
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
