package main

import (
	"net/http"
	"os"

	gitlab "gitlab.com/gitlab-org/api/client-go"
)

func (s *story) mergeRequests() error {
	var err error
	s.request, _, err = s.client.MergeRequests.CreateMergeRequest(s.project.ID, &gitlab.CreateMergeRequestOptions{
		Title:        gitlab.Ptr("Two files"),
		SourceBranch: gitlab.Ptr("topic"),
		TargetBranch: gitlab.Ptr("main"),
	})
	if err != nil {
		return err
	}
	versions, _, err := s.client.MergeRequests.GetMergeRequestDiffVersions(s.project.ID, s.request.IID, nil)
	if err != nil {
		return err
	}
	diffs, _, err := s.client.MergeRequests.ListMergeRequestDiffs(s.project.ID, s.request.IID, nil)
	if err != nil {
		return err
	}
	s.results["merge_request"] = []any{s.request.IID, s.request.DetailedMergeStatus, len(versions), len(diffs)}
	_, response, _ := s.client.MergeRequests.AcceptMergeRequest(
		s.project.ID, s.request.IID, &gitlab.AcceptMergeRequestOptions{SHA: gitlab.Ptr(s.project.DefaultBranch)},
	)
	s.results["merge_conflict"] = response.StatusCode
	return nil
}

func (s *story) notes() error {
	for _, text := range []string{"first", "second", "third"} {
		options := &gitlab.CreateMergeRequestNoteOptions{Body: gitlab.Ptr(text)}
		if _, _, err := s.client.Notes.CreateMergeRequestNote(s.project.ID, s.request.IID, options); err != nil {
			return err
		}
	}
	notes, _, err := s.client.Notes.ListMergeRequestNotes(s.project.ID, s.request.IID, &gitlab.ListMergeRequestNotesOptions{
		OrderBy: gitlab.Ptr("created_at"),
		Sort:    gitlab.Ptr("asc"),
	})
	if err != nil {
		return err
	}
	var texts []string
	for _, note := range notes {
		texts = append(texts, note.Body)
	}
	s.results["notes"] = texts
	changed, _, err := s.client.Notes.UpdateMergeRequestNote(
		s.project.ID, s.request.IID, notes[0].ID, &gitlab.UpdateMergeRequestNoteOptions{Body: gitlab.Ptr("changed")},
	)
	if err != nil {
		return err
	}
	if _, err = s.client.Notes.DeleteMergeRequestNote(s.project.ID, s.request.IID, changed.ID); err != nil {
		return err
	}
	merged, _, err := s.client.MergeRequests.AcceptMergeRequest(
		s.project.ID, s.request.IID, &gitlab.AcceptMergeRequestOptions{SHA: gitlab.Ptr(s.request.SHA)},
	)
	if err != nil {
		return err
	}
	s.results["merged"] = []any{merged.State, merged.MergeCommitSHA != ""}
	return nil
}

func (s *story) pipelines() error {
	_, _, err := s.client.RepositoryFiles.CreateFile(s.project.ID, ".gitlab-ci.yml", &gitlab.CreateFileOptions{
		Branch:        gitlab.Ptr("main"),
		Content:       gitlab.Ptr("hello:\n  script: [\"true\"]\n"),
		CommitMessage: gitlab.Ptr("pipeline [skip ci]"),
	})
	if err != nil {
		return err
	}
	trigger, _, err := s.client.PipelineTriggers.AddPipelineTrigger(
		s.project.ID, &gitlab.AddPipelineTriggerOptions{Description: gitlab.Ptr("mirror")},
	)
	if err != nil {
		return err
	}
	pipeline, _, err := s.client.PipelineTriggers.RunPipelineTrigger(s.project.ID, &gitlab.RunPipelineTriggerOptions{
		Ref:       gitlab.Ptr("main"),
		Token:     gitlab.Ptr(trigger.Token),
		Variables: map[string]string{"GIT_BRANCH_DEPLOY": "main"},
	})
	if err != nil {
		return err
	}
	variables, _, err := s.client.Pipelines.GetPipelineVariables(s.project.ID, pipeline.ID)
	if err != nil {
		return err
	}
	s.results["pipeline"] = []any{pipeline.Ref, string(pipeline.Source), len(variables)}
	return nil
}

func (s *story) tokensAndHooks() error {
	token, _, err := s.client.DeployTokens.CreateGroupDeployToken(s.group.ID, &gitlab.CreateGroupDeployTokenOptions{
		Name:   gitlab.Ptr("argocd"),
		Scopes: gitlab.Ptr([]string{"read_repository"}),
	})
	if err != nil {
		return err
	}
	hook, _, err := s.client.Projects.AddProjectHook(s.project.ID, &gitlab.AddProjectHookOptions{
		URL:        gitlab.Ptr("http://argocd.example/api/webhook"),
		PushEvents: gitlab.Ptr(true),
		Token:      gitlab.Ptr("secret"),
	})
	if err != nil {
		return err
	}
	s.results["deploy_token"] = token.Username
	s.results["hook"] = []any{hook.URL, hook.PushEvents}
	return nil
}

// errors asks for what is not there and for what is not allowed: the library has to know each by its status.
func (s *story) errors() error {
	_, _, err := s.client.Projects.GetProject("go-organisation/none", nil)
	s.results["missing_project"] = statusOf(err)
	_, _, err = s.client.Groups.CreateGroup(&gitlab.CreateGroupOptions{
		Name: gitlab.Ptr("shop"), Path: gitlab.Ptr("shop"), ParentID: gitlab.Ptr(s.group.ParentID),
	})
	s.results["taken_path"] = statusOf(err)
	stranger, err := gitlab.NewClient(
		"glpat-of-nobody", gitlab.WithBaseURL(os.Getenv("GITLAB_URL")), gitlab.WithCustomRetryMax(0),
	)
	if err != nil {
		return err
	}
	_, _, err = stranger.Users.CurrentUser()
	s.results["stranger"] = statusOf(err)
	_, _, err = stranger.Projects.GetProject(s.project.ID, nil)
	if statusOf(err) != http.StatusUnauthorized {
		return err
	}
	return nil
}
