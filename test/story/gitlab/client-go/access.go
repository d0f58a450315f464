package main

import (
	"time"

	gitlab "gitlab.com/gitlab-org/api/client-go"
)

func (s *story) members() error {
	user, _, err := s.client.Users.CreateUser(&gitlab.CreateUserOptions{
		Name:                gitlab.Ptr("Anna"),
		Username:            gitlab.Ptr("anna"),
		Email:               gitlab.Ptr("anna@acme.example"),
		ForceRandomPassword: gitlab.Ptr(true),
	})
	if err != nil {
		return err
	}
	_, _, err = s.client.GroupMembers.AddGroupMember(s.group.ID, &gitlab.AddGroupMemberOptions{
		UserID:      gitlab.Ptr(user.ID),
		AccessLevel: gitlab.Ptr(gitlab.DeveloperPermissions),
	})
	if err != nil {
		return err
	}
	inherited, _, err := s.client.ProjectMembers.GetInheritedProjectMember(s.project.ID, user.ID)
	if err != nil {
		return err
	}
	_, _, err = s.client.ProjectMembers.GetProjectMember(s.project.ID, user.ID)
	s.results["member"] = []any{inherited.Username, inherited.AccessLevel, statusOf(err)}
	attribute, _, err := s.client.CustomAttribute.SetCustomGroupAttribute(
		s.group.ID, gitlab.CustomAttribute{Key: "managed-by", Value: "factory"},
	)
	if err != nil {
		return err
	}
	s.results["custom_attribute"] = attribute.Value
	return nil
}

func (s *story) protection() error {
	_, _, err := s.client.ProtectedBranches.ProtectRepositoryBranches(
		s.project.ID, &gitlab.ProtectRepositoryBranchesOptions{
			Name:             gitlab.Ptr("release/*"),
			PushAccessLevel:  gitlab.Ptr(gitlab.MaintainerPermissions),
			MergeAccessLevel: gitlab.Ptr(gitlab.DeveloperPermissions),
		},
	)
	if err != nil {
		return err
	}
	rule, _, err := s.client.ProtectedBranches.GetProtectedBranch(s.project.ID, "release/*")
	if err != nil {
		return err
	}
	_, err = s.client.ProtectedBranches.UnprotectRepositoryBranches(s.project.ID, "release/*")
	s.results["protected"] = []any{
		rule.Name, rule.PushAccessLevels[0].AccessLevel, rule.MergeAccessLevels[0].AccessLevel, statusOf(err),
	}
	return err
}

func (s *story) accessTokens() error {
	token, _, err := s.client.GroupAccessTokens.CreateGroupAccessToken(
		s.group.ID, &gitlab.CreateGroupAccessTokenOptions{
			Name:        gitlab.Ptr("bot"),
			Scopes:      gitlab.Ptr([]string{"read_api"}),
			AccessLevel: gitlab.Ptr(gitlab.ReporterPermissions),
			ExpiresAt:   gitlab.Ptr(gitlab.ISOTime(time.Now().AddDate(0, 0, 30))),
		},
	)
	if err != nil {
		return err
	}
	rotated, _, err := s.client.GroupAccessTokens.RotateGroupAccessToken(s.group.ID, token.ID, nil)
	if err != nil {
		return err
	}
	s.results["rotated"] = []any{rotated.Token != token.Token, s.asks(token.Token), s.asks(rotated.Token)}
	_, err = s.client.GroupAccessTokens.RevokeGroupAccessToken(s.group.ID, rotated.ID)
	return err
}

// asks tells with which status the project is refused to a token; 0 when it is shown.
func (s *story) asks(token string) int {
	client, err := gitlab.NewClient(token, gitlab.WithBaseURL(s.client.BaseURL().String()), gitlab.WithCustomRetryMax(0))
	if err != nil {
		return -1
	}
	_, _, err = client.Projects.GetProject(s.project.ID, nil)
	return statusOf(err)
}

func (s *story) schedules() error {
	schedule, _, err := s.client.PipelineSchedules.CreatePipelineSchedule(
		s.project.ID, &gitlab.CreatePipelineScheduleOptions{
			Description: gitlab.Ptr("nightly"),
			Ref:         gitlab.Ptr("main"),
			Cron:        gitlab.Ptr("0 1 * * *"),
		},
	)
	if err != nil {
		return err
	}
	_, _, err = s.client.PipelineSchedules.CreatePipelineScheduleVariable(
		s.project.ID, schedule.ID, &gitlab.CreatePipelineScheduleVariableOptions{
			Key: gitlab.Ptr("SYNC_ALL"), Value: gitlab.Ptr("true"),
		},
	)
	if err != nil {
		return err
	}
	found, _, err := s.client.PipelineSchedules.GetPipelineSchedule(s.project.ID, schedule.ID)
	if err != nil {
		return err
	}
	s.results["schedule"] = []any{found.Cron, found.NextRunAt != nil, len(found.Variables)}
	return nil
}

func (s *story) deletion() error {
	if _, err := s.client.Projects.DeleteProject(s.project.ID, nil); err != nil {
		return err
	}
	marked, _, err := s.client.Projects.GetProject(s.project.ID, nil)
	if err != nil {
		return err
	}
	_, _, err = s.client.Projects.GetProject("go-organisation/shop/infra", nil)
	s.results["deleted"] = []any{marked.MarkedForDeletionOn != nil, statusOf(err)}
	return nil
}
