import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommittedFile } from "../gitlab/pipelines-lab";

const templates = join(__dirname, "..", "..", "..", "templates");

/**
 * The fake builder, a double: it builds nothing and tells the registry's double what would have been pushed. A file
 * `broken` in the repository has it fail.
 */
const fakeBuilder = `
include:
  - local: platform-build.yml
.builder:
  image: alpine:3.21
  script:
    - if [ -e broken ]; then echo "the build is broken"; exit 1; fi
    - printf 'user = "%s:%s"' "$HARBOR_USERNAME" "$HARBOR_PASSWORD" | curl --config - --fail --silent -X PUT "http://$HARBOR_HOST/v2/$HARBOR_PROJECT/$IMAGE_NAME/manifests/$IMAGE_TAG"
`;

/** What a team copies from the templates into its app repository, with the fake builder in Buildah's place. */
export function appFiles(): CommittedFile[] {
  const read = (...path: string[]): string => readFileSync(join(templates, ...path), "utf8");
  return [
    { path: ".gitlab-ci.yml", content: read("gitlab", "app.gitlab-ci.yml") },
    { path: "platform-build.yml", content: read("platform", ".gitlab-ci-dso.yml") },
    { path: ".gitlab-ci-dso.yml", content: fakeBuilder },
    ...readdirSync(join(templates, "scripts")).map((name) => ({
      path: `.gitops/${name}`,
      content: read("scripts", name),
      executable: true,
    })),
  ];
}
