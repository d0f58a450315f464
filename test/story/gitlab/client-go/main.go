// Command client-go acts out on a GitLab what a platform does with one, by GitLab's official Go library, and prints
// what came of each step as one JSON object. The lab's double of GitLab is held against it.
//
// GITLAB_URL and GITLAB_TOKEN are read from the environment.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime/debug"

	gitlab "gitlab.com/gitlab-org/api/client-go"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "--version" {
		fmt.Println("client-go", libraryVersion())
		return
	}
	client, err := gitlab.NewClient(
		os.Getenv("GITLAB_TOKEN"),
		gitlab.WithBaseURL(os.Getenv("GITLAB_URL")),
		gitlab.WithCustomRetryMax(0),
	)
	if err == nil {
		results := map[string]any{}
		err = actOut(client, results)
		if err == nil {
			err = json.NewEncoder(os.Stdout).Encode(results)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func libraryVersion() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "gitlab.com/gitlab-org/api/client-go" {
			return module.Version
		}
	}
	return "unknown"
}

// step runs the next part of the story, unless an earlier one has failed.
type step struct {
	name string
	run  func() error
}

func actOut(client *gitlab.Client, results map[string]any) error {
	story := &story{client: client, results: results}
	for _, next := range []step{
		{"groups", story.groups},
		{"projects", story.projects},
		{"variables", story.variables},
		{"files", story.files},
		{"commits", story.commits},
		{"merge requests", story.mergeRequests},
		{"notes", story.notes},
		{"pipelines", story.pipelines},
		{"tokens and hooks", story.tokensAndHooks},
		{"members", story.members},
		{"protection", story.protection},
		{"access tokens", story.accessTokens},
		{"schedules", story.schedules},
		{"errors", story.errors},
		{"deletion", story.deletion},
	} {
		if err := next.run(); err != nil {
			return fmt.Errorf("%s: %w", next.name, err)
		}
	}
	return nil
}

// statusOf tells by what status the library knows that something failed; 0 when it did not.
func statusOf(err error) int {
	var response *gitlab.ErrorResponse
	if errors.As(err, &response) {
		return response.Response.StatusCode
	}
	if errors.Is(err, gitlab.ErrNotFound) {
		return http.StatusNotFound
	}
	return 0
}
