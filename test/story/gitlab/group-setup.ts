import type { PipelinesLab } from "./pipelines-lab";

/** A group on a double of GitLab, and what stories put into it. */
export class GroupSetup {
  private constructor(
    private readonly lab: PipelinesLab,
    private readonly id: number,
  ) {}

  static async create(lab: PipelinesLab, path: string): Promise<GroupSetup> {
    return new GroupSetup(lab, (await lab.must("POST", "/groups", { path, name: path })).id);
  }

  /** A project of the group. @returns its id */
  async project(path: string, settings: object = {}): Promise<number> {
    const body = { path, name: path, namespace_id: this.id, visibility: "private", ...settings };
    return (await this.lab.must("POST", "/projects", body)).id;
  }

  /** A group access token for a month, by GitLab's number of a role: 20 reports, 40 maintains. */
  async token(scopes: readonly string[], access_level: number): Promise<string> {
    const expires_at = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const body = { name: scopes.join(" "), scopes, access_level, expires_at };
    return (await this.lab.must("POST", `/groups/${String(this.id)}/access_tokens`, body)).token;
  }
}

/** Sets CI/CD variables of a project; what is named as a secret is masked. */
export async function setVariables(
  lab: PipelinesLab,
  project: number,
  values: Readonly<Record<string, string>>,
  more: object = {},
): Promise<void> {
  for (const [key, value] of Object.entries(values)) {
    const body = { key, value, raw: true, masked: /TOKEN|PASSWORD/.test(key), ...more };
    await lab.must("POST", `/projects/${String(project)}/variables`, body);
  }
}
