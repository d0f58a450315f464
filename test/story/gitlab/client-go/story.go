package main

import (
	"encoding/base64"
	"fmt"

	gitlab "gitlab.com/gitlab-org/api/client-go"
)

// story is what one run knows: each part goes on from what those before it have made.
type story struct {
	client  *gitlab.Client
	results map[string]any
	group   *gitlab.Group
	project *gitlab.Project
	request *gitlab.MergeRequest
}

func (s *story) groups() error {
	group, _, err := s.client.Groups.CreateGroup(&gitlab.CreateGroupOptions{
		Name: gitlab.Ptr("Go Organisation"),
		Path: gitlab.Ptr("go-organisation"),
	})
	if err != nil {
		return err
	}
	s.group, _, err = s.client.Groups.CreateGroup(&gitlab.CreateGroupOptions{
		Name:     gitlab.Ptr("shop"),
		Path:     gitlab.Ptr("shop"),
		ParentID: gitlab.Ptr(group.ID),
	})
	if err != nil {
		return err
	}
	found, _, err := s.client.Groups.GetGroup("go-organisation/shop", nil)
	if err != nil {
		return err
	}
	s.results["group"] = found.FullPath
	return nil
}

func (s *story) projects() error {
	var err error
	s.project, _, err = s.client.Projects.CreateProject(&gitlab.CreateProjectOptions{
		Name:                 gitlab.Ptr("infra"),
		NamespaceID:          gitlab.Ptr(s.group.ID),
		InitializeWithReadme: gitlab.Ptr(true),
	})
	if err != nil {
		return err
	}
	found, _, err := s.client.Projects.GetProject("go-organisation/shop/infra", nil)
	if err != nil {
		return err
	}
	s.results["project"] = found.PathWithNamespace
	s.results["default_branch"] = found.DefaultBranch
	return nil
}

func (s *story) variables() error {
	const most = 105
	for number := range most {
		_, _, err := s.client.ProjectVariables.CreateVariable(s.project.ID, &gitlab.CreateProjectVariableOptions{
			Key:   gitlab.Ptr(fmt.Sprintf("NUMBER_%d", number)),
			Value: gitlab.Ptr(fmt.Sprint(number)),
		})
		if err != nil {
			return err
		}
	}
	pages, count := 0, 0
	options := &gitlab.ListProjectVariablesOptions{ListOptions: gitlab.ListOptions{PerPage: 50}}
	for {
		page, response, err := s.client.ProjectVariables.ListVariables(s.project.ID, options)
		if err != nil {
			return err
		}
		pages++
		count += len(page)
		if response.NextPage == 0 {
			s.results["variables_total"] = response.TotalItems
			break
		}
		options.Page = response.NextPage
	}
	s.results["variables"] = []int{pages, count}
	_, err := s.client.ProjectVariables.RemoveVariable(s.project.ID, "NUMBER_7", nil)
	return err
}

func (s *story) files() error {
	_, _, err := s.client.RepositoryFiles.CreateFile(s.project.ID, "deploy/values.yaml", &gitlab.CreateFileOptions{
		Branch:        gitlab.Ptr("main"),
		Content:       gitlab.Ptr(base64.StdEncoding.EncodeToString([]byte("tag: v1\n"))),
		Encoding:      gitlab.Ptr("base64"),
		CommitMessage: gitlab.Ptr("values"),
	})
	if err != nil {
		return err
	}
	file, _, err := s.client.RepositoryFiles.GetFile(
		s.project.ID, "deploy/values.yaml", &gitlab.GetFileOptions{Ref: gitlab.Ptr("main")},
	)
	if err != nil {
		return err
	}
	content, err := base64.StdEncoding.DecodeString(file.Content)
	if err != nil {
		return err
	}
	raw, _, err := s.client.RepositoryFiles.GetRawFile(s.project.ID, "deploy/values.yaml", nil)
	if err != nil {
		return err
	}
	meta, _, err := s.client.RepositoryFiles.GetFileMetaData(
		s.project.ID, "deploy/values.yaml", &gitlab.GetFileMetaDataOptions{Ref: gitlab.Ptr("main")},
	)
	if err != nil {
		return err
	}
	s.results["file"] = []string{string(content), string(raw), meta.FilePath}
	_, _, err = s.client.RepositoryFiles.UpdateFile(s.project.ID, "deploy/values.yaml", &gitlab.UpdateFileOptions{
		Branch:        gitlab.Ptr("main"),
		Content:       gitlab.Ptr("tag: v2\n"),
		CommitMessage: gitlab.Ptr("stale"),
		LastCommitID:  gitlab.Ptr("0000000000000000000000000000000000000000"),
	})
	s.results["stale"] = statusOf(err)
	return nil
}

func (s *story) commits() error {
	action := gitlab.FileCreate
	commit, _, err := s.client.Commits.CreateCommit(s.project.ID, &gitlab.CreateCommitOptions{
		Branch:        gitlab.Ptr("topic"),
		StartBranch:   gitlab.Ptr("main"),
		CommitMessage: gitlab.Ptr("two files"),
		Actions: []*gitlab.CommitActionOptions{
			{Action: &action, FilePath: gitlab.Ptr("a.txt"), Content: gitlab.Ptr("a\n")},
			{Action: &action, FilePath: gitlab.Ptr("b.txt"), Content: gitlab.Ptr("b\n")},
		},
	})
	if err != nil {
		return err
	}
	diffs, _, err := s.client.Commits.GetCommitDiff(s.project.ID, commit.ID, nil)
	if err != nil {
		return err
	}
	branch, _, err := s.client.Branches.GetBranch(s.project.ID, "topic")
	if err != nil {
		return err
	}
	s.results["commit"] = []any{commit.Title, commit.Stats.Additions, len(diffs), branch.Commit.ID == commit.ID}
	tag, _, err := s.client.Tags.CreateTag(s.project.ID, &gitlab.CreateTagOptions{
		TagName: gitlab.Ptr("v1.0.0"), Ref: gitlab.Ptr("topic"), Message: gitlab.Ptr("the first"),
	})
	if err != nil {
		return err
	}
	tree, _, err := s.client.Repositories.ListTree(
		s.project.ID, &gitlab.ListTreeOptions{Ref: gitlab.Ptr("topic"), Recursive: gitlab.Ptr(true)},
	)
	if err != nil {
		return err
	}
	s.results["tag"] = []any{tag.Message, tag.Commit.ID == commit.ID, len(tree)}
	return nil
}
