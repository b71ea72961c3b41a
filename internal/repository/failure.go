package repository

import (
	"regexp"
	"strings"
)

// words are what git, ssh and curl say, by cause; the first that is found counts.
var words = []struct {
	cause Cause
	said  []string
}{
	{Occupied, []string{".lock': file exists"}},
	{Rejected, []string{"[rejected]"}},
	{Declined, []string{"[remote rejected]", "hook declined", "pre-receive", "pre-push"}},
	{Denied, []string{"authentication failed", "could not read username", "could not read password", "terminal prompts disabled", "permission denied", "host key verification failed", "returned error: 401", "returned error: 403", "access denied", "invalid username or password"}},
	{Unreachable, []string{"could not resolve", "unable to access", "failed to connect", "couldn't connect", "connection refused", "connection timed out", "connection reset", "network is unreachable", "no route to host", "does not appear to be a git repository", "repository not found", "could not read from remote repository", "early eof", "the remote end hung up", "operation timed out"}},
	{InTheWay, []string{"not uptodate", "would be overwritten", "cannot merge"}},
}

// failure is that git's command failed, by what was said.
func failure(command, said string, timeout error) error {
	f := &Failure{Cause: Unknown, Said: withoutSecrets(said)}
	lower := strings.ToLower(said)
	for _, w := range words {
		for _, one := range w.said {
			if f.Cause == Unknown && strings.Contains(lower, one) {
				f.Cause = w.cause
			}
		}
	}
	switch {
	case timeout != nil:
		f.Cause = Unreachable
	case f.Cause == Unknown && (command == "commit" || command == "push"): // all else is known to go well
		f.Cause = Declined
	}
	return f
}

// login is what an address says before the host, perhaps a password.
var login = regexp.MustCompile(`://[^/@\s]+@`)

func withoutSecrets(said string) string {
	return strings.TrimSpace(login.ReplaceAllString(said, "://"))
}
