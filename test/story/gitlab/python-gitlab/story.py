"""Acts out on a GitLab what a platform does with one, by Debian's python-gitlab, and prints what came of each step as
one JSON object. The lab's double of GitLab is held against it.

GITLAB_URL and GITLAB_TOKEN are read from the environment.
"""

import base64
import datetime
import json
import os

import gitlab
from gitlab import exceptions

results = {}
url = os.environ["GITLAB_URL"]
client = gitlab.Gitlab(url, private_token=os.environ["GITLAB_TOKEN"])


def refused(kind, call):
    """The status and the message with which the library refuses a call; it has to be of the kind that it promises."""
    try:
        call()
    except kind as error:
        return [error.response_code, error.error_message]
    return None


client.auth()
results["user"] = client.user.username

organisation = client.groups.create({"name": "Python Organisation", "path": "python-organisation"})
group = client.groups.create({"name": "shop", "path": "shop", "parent_id": organisation.id})
group.description = "a shop"
group.save()
results["group"] = client.groups.get("python-organisation/shop").description
results["subgroups"] = [each.full_path for each in organisation.subgroups.list(get_all=True)]

project = client.projects.create({"name": "infra", "namespace_id": group.id, "initialize_with_readme": True})
results["project"] = client.projects.get("python-organisation/shop/infra").path_with_namespace
results["projects_of_group"] = [each.name for each in group.projects.list(get_all=True)]

# More than the hundred that GitLab gives on one page.
for number in range(105):
    group.variables.create({"key": f"NUMBER_{number}", "value": str(number)})
results["variables"] = len(group.variables.list(iterator=True))
results["all_variables"] = len(group.variables.list(get_all=True, per_page=100))
variable = project.variables.create({"key": "TOKEN", "value": "masked-value", "masked": True, "protected": True})
variable.value = "another-value"
variable.save()
results["variable"] = [project.variables.get("TOKEN").value, project.variables.get("TOKEN").masked]
project.variables.delete("TOKEN")

file = project.files.create(
    {
        "file_path": "deploy/values.yaml",
        "branch": "main",
        "content": base64.b64encode(b"tag: v1\n").decode(),
        "encoding": "base64",
        "commit_message": "values",
    }
)
file = project.files.get("deploy/values.yaml", ref="main")
results["file"] = file.decode().decode()
file.content = "tag: v2\n"
file.save(branch="main", commit_message="the second tag")
results["raw"] = project.files.raw("deploy/values.yaml", ref="main").decode()
results["file_commits"] = len(project.commits.list(query_parameters={"path": "deploy/values.yaml"}, get_all=True))
project.files.delete("deploy/values.yaml", branch="main", commit_message="away")

commit = project.commits.create(
    {
        "branch": "topic",
        "start_branch": "main",
        "commit_message": "two files",
        "actions": [
            {"action": "create", "file_path": "a.sh", "content": "#!/bin/sh\n", "execute_filemode": True},
            {"action": "move", "previous_path": "README.md", "file_path": "docs/README.md"},
        ],
    }
)
results["commit"] = [commit.title, len(commit.diff(get_all=True)), len(commit.refs("branch"))]
results["tree"] = [each["path"] for each in project.repository_tree(ref="topic", recursive=True, get_all=True)]
results["tree_by_keyset"] = len(
    project.repository_tree(ref="topic", recursive=True, pagination="keyset", per_page=1, get_all=True)
)
results["compare"] = len(project.repository_compare("main", "topic")["diffs"])
results["archive"] = project.repository_archive(format="tar.gz")[:2].hex()
project.tags.create({"tag_name": "v1.0.0", "ref": "topic", "message": "the first"})
results["tags"] = [each.name for each in project.tags.list(get_all=True)]
project.branches.create({"branch": "gone", "ref": "main"})
project.branches.delete("gone")
project.protectedbranches.create({"name": "release/*", "push_access_level": 40, "merge_access_level": 30})
results["protected"] = sorted(each.name for each in project.protectedbranches.list(get_all=True))

request = project.mergerequests.create({"source_branch": "topic", "target_branch": "main", "title": "Two files"})
results["merge_request"] = [request.iid, request.detailed_merge_status, len(request.diffs.list(get_all=True))]
results["changes"] = len(request.changes()["changes"])
for number in range(105):
    request.notes.create({"body": f"note {number}"})
notes = request.notes.list(order_by="created_at", sort="asc", get_all=True)
results["notes"] = [len(notes), notes[0].body, notes[-1].body]
notes[0].body = "changed"
notes[0].save()
results["note"] = request.notes.get(notes[0].id).body
notes[1].delete()
discussion = request.discussions.create({"body": "why?"})
discussion.notes.create({"body": "because"})
results["discussion"] = len(request.discussions.get(discussion.id).attributes["notes"])
results["stale_merge"] = refused(exceptions.GitlabMRClosedError, lambda: request.merge(sha="0" * 40))
request.merge(should_remove_source_branch=True)
results["merged"] = [project.mergerequests.get(request.iid).state, len(project.mergerequests.list(state="opened"))]

project.files.create(
    {
        "file_path": ".gitlab-ci.yml",
        "branch": "main",
        "content": "hello:\n  script: ['true']\n",
        "commit_message": "pipeline [skip ci]",
    }
)
trigger = project.triggers.create({"description": "mirror"})
pipeline = project.trigger_pipeline("main", trigger.token, variables={"GIT_BRANCH_DEPLOY": "main"})
results["pipeline"] = [pipeline.source, [each.key for each in project.pipelines.get(pipeline.id).variables.list()]]
results["jobs"] = [each.name for each in pipeline.jobs.list()]
schedule = project.pipelineschedules.create({"ref": "main", "description": "nightly", "cron": "0 1 * * *"})
results["schedule"] = schedule.active

hook = project.hooks.create({"url": "http://argocd.example/api/webhook", "push_events": True, "token": "secret"})
results["hook"] = [hook.push_events, "token" in hook.attributes]
token = group.deploytokens.create({"name": "argocd", "scopes": ["read_repository"]})
results["deploy_token"] = token.username
expiry = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()
access = project.access_tokens.create(
    {"name": "bot", "scopes": ["read_api"], "access_level": 30, "expires_at": expiry}
)
results["bot"] = gitlab.Gitlab(url, private_token=access.token).projects.get(project.id).name

results["missing"] = refused(exceptions.GitlabGetError, lambda: client.projects.get("python-organisation/none"))
results["missing_file"] = refused(exceptions.GitlabGetError, lambda: project.files.get("none", ref="main"))
results["taken"] = refused(
    exceptions.GitlabCreateError,
    lambda: client.projects.create({"name": "infra", "namespace_id": group.id}),
)
results["stranger"] = refused(
    exceptions.GitlabAuthenticationError, gitlab.Gitlab(url, private_token="glpat-of-nobody").auth
)
results["forbidden"] = refused(
    exceptions.GitlabCreateError,
    lambda: gitlab.Gitlab(url, private_token=access.token).projects.get(project.id).tags.create(
        {"tag_name": "v2", "ref": "main"}
    ),
)
print(json.dumps(results))
