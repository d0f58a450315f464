import type { GitLabContext } from "../context";
import type { InstanceSettings } from "../store/instance";

/** The instance's settings. Unlike a new GitLab's, the double's hooks may go to local networks: its receivers are there. */
export function instanceSettings({ store }: Pick<GitLabContext, "store">): InstanceSettings {
  const [settings] = store.instanceSettings.all();
  return settings ?? store.instanceSettings.insert({ allow_local_requests_from_web_hooks_and_services: true });
}
