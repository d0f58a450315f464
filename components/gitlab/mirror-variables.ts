import { ProjectVariable } from "@pulumi/gitlab";
import * as pulumi from "@pulumi/pulumi";
import type { GitLab, GitLabRepository } from "../../model/gitlab";
import { formerFirst } from "./replacement";

/** A variable of the repository `mirror`. */
interface MirrorVariable {
  readonly key: string;
  readonly value: pulumi.Input<string>;
  readonly masked?: boolean;
  readonly file?: boolean;
}

/** By which the job writes to the copies: the same for all. */
export function declareOutputVariables(
  name: string,
  args: {
    readonly project: pulumi.Input<string>;
    readonly token: pulumi.Input<string>;
    readonly settings: Pick<GitLab, "certificate">;
  },
  opts: pulumi.CustomResourceOptions,
): ProjectVariable[] {
  const { project, token, settings } = args;
  const variables: MirrorVariable[] = [
    // With an access token, GitLab takes any name.
    { key: "GIT_OUTPUT_USER", value: "mirror" },
    { key: "GIT_OUTPUT_PASSWORD", value: pulumi.secret(token), masked: true },
    ...(settings.certificate === undefined ? [] : [{ key: "GIT_OUTPUT_CA", value: settings.certificate, file: true }]),
  ];
  return variables.map((variable) => declare(`${name}-variable-${variable.key}`, project, variable, "*", opts));
}

/** Where one repository comes from and goes to: only its own jobs see it, by their environment's name. */
export function declareSourceVariables(
  name: string,
  project: pulumi.Input<string>,
  { name: repository, url, source }: GitLabRepository,
  opts: pulumi.CustomResourceOptions,
): ProjectVariable[] {
  const variables: MirrorVariable[] = [
    { key: "GIT_OUTPUT_URL", value: url },
    ...(source ? [{ key: "GIT_INPUT_URL", value: source.url }] : []),
    ...(source?.certificate === undefined ? [] : [{ key: "GIT_INPUT_CA", value: source.certificate, file: true }]),
    ...(source?.login
      ? [
          { key: "GIT_INPUT_USER", value: source.login.username },
          { key: "GIT_INPUT_PASSWORD", value: pulumi.secret(source.login.password.reveal()), masked: true },
        ]
      : []),
  ];
  return variables.map((variable) =>
    declare(`${name}-variable-${repository}-${variable.key}`, project, variable, repository, opts),
  );
}

function declare(
  name: string,
  project: pulumi.Input<string>,
  { key, value, masked = false, file = false }: MirrorVariable,
  environmentScope: string,
  opts: pulumi.CustomResourceOptions,
): ProjectVariable {
  return new ProjectVariable(
    name,
    {
      project,
      key,
      value,
      environmentScope,
      variableType: file ? "file" : "env_var",
      masked,
      protected: true,
      // A $ is a $.
      raw: true,
    },
    { ...opts, ...formerFirst },
  );
}
