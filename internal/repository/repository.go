// Package repository keeps a site's folder and the repository that an office shares
// together, by the git that is on the machine: what was written here goes there, and what
// others wrote comes here.
//
// In: the site's folder, which is or lies in a git repository with a remote. Out: what
// either side lacks ([Repository.State]), a plan of what taking the others' work would
// change ([Repository.Prepare]), and commits, which it makes and sends.
//
// Commits are replayed on the others' in git's object store alone (git merge-tree), never
// in the folder: whatever stops it, no half rebase is left, and a file that has changed
// meanwhile is not touched. Where both sides changed the same lines, nothing is chosen
// here: the plan names the files, with the versions of both.
//
// Nobody is asked for a password: git is told not to, and says that it would have had to.
package repository

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Why a folder has no part in a shared repository, or cannot have at the moment.
var (
	ErrNoGit    = errors.New("git is not installed")
	ErrNone     = errors.New("the folder is in no git repository")
	ErrNoRemote = errors.New("the repository has no remote")
	ErrDetached = errors.New("the folder is on no branch")
	ErrBusy     = errors.New("another operation of git has been begun and not ended")
	ErrNobody   = errors.New("git does not know who commits")
	ErrOld      = errors.New("this git is older than 2.38")
	ErrMoved    = errors.New("the branch has moved meanwhile")
	ErrStranger = errors.New("git does not trust the folder, which belongs to another user")
	ErrAnew     = errors.New("the remote was begun anew: the two have no commit in common")
)

// Cause is the kind of a [Failure].
type Cause string

// What makes git fail.
const (
	Denied      Cause = "denied"      // the remote wants to know who asks
	Unreachable Cause = "unreachable" // no network, or no such remote
	Rejected    Cause = "rejected"    // others have sent something meanwhile
	Declined    Cause = "declined"    // a hook of this machine or of the remote has said no
	InTheWay    Cause = "in the way"  // a changed file of the folder would be overwritten
	Occupied    Cause = "occupied"    // another git works in the folder, or was ended in the middle
	Unknown     Cause = "unknown"
)

// Failure is that git failed.
type Failure struct {
	Cause Cause
	Said  string // by git, without secrets
}

func (f *Failure) Error() string { return fmt.Sprintf("git: %s: %s", f.Cause, f.Said) }

// Repository is a site's folder in a git repository.
type Repository struct{ dir string }

// Open returns the repository that a site's folder is in; without one the error is
// [ErrNoGit], [ErrNone] or [ErrStranger].
func Open(ctx context.Context, dir string) (*Repository, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, ErrNoGit
	}
	r := &Repository{dir}
	inside, err := r.line(ctx, "rev-parse", "--is-inside-work-tree")
	if err != nil && strings.Contains(err.Error(), "dubious ownership") {
		return nil, fmt.Errorf("%w: %w", ErrStranger, err)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	if inside != "true" {
		return nil, ErrNone
	}
	return r, nil
}

// branch is where the folder stands and what it follows.
type branch struct {
	name     string // "main"
	remote   string // "origin"
	there    string // the ref at the remote: "refs/heads/main"
	tracking string // the ref that says what was last seen there; "" before anything was
	prefix   string // of the site's folder within the repository: "" or "trang/"
}

// branch finds that out.
func (r *Repository) branch(ctx context.Context) (b branch, err error) {
	remotes, err := r.git(ctx, "remote")
	if err != nil {
		return b, err
	}
	all := strings.Fields(remotes)
	if len(all) == 0 {
		return b, ErrNoRemote
	}
	for _, begun := range []string{"rebase-merge", "rebase-apply", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"} {
		name, err := r.line(ctx, "rev-parse", "--git-path", begun)
		if err != nil {
			return b, err
		}
		if !filepath.IsAbs(name) {
			name = filepath.Join(r.dir, name)
		}
		if _, err := os.Stat(name); err == nil {
			return b, ErrBusy
		}
	}
	if b.name, err = r.line(ctx, "symbolic-ref", "--quiet", "--short", "HEAD"); err != nil {
		return b, ErrDetached
	}
	if b.prefix, err = r.line(ctx, "rev-parse", "--show-prefix"); err != nil {
		return b, err
	}
	follows, err := r.line(ctx, "for-each-ref", "--format=%(upstream)%09%(upstream:remotename)%09%(upstream:remoteref)", "refs/heads/"+b.name)
	if err != nil {
		return b, err
	}
	if parts := strings.Split(follows, "\t"); len(parts) == 3 && strings.HasPrefix(parts[0], "refs/remotes/") {
		b.tracking, b.remote, b.there = parts[0], parts[1], parts[2]
	} else {
		b.remote = all[0]
		if slices.Contains(all, "origin") {
			b.remote = "origin"
		}
		b.there, b.tracking = "refs/heads/"+b.name, "refs/remotes/"+b.remote+"/"+b.name
	}
	if _, err := r.id(ctx, b.tracking); err != nil {
		b.tracking = ""
	}
	return b, nil
}

// State is what either side lacks, by files of the site's folder, as of the last [Repository.Fetch].
type State struct {
	Mine   []string // changed here, and not sent
	Theirs []string // changed there, and not taken
}

// State tells what either side lacks. Nothing is asked of the remote.
func (r *Repository) State(ctx context.Context) (s State, err error) {
	b, err := r.branch(ctx)
	if err != nil {
		return s, err
	}
	head, err := r.id(ctx, "HEAD")
	if err != nil { // there is no commit yet
		s.Mine, err = r.uncommitted(ctx)
		return s, err
	}
	if b.tracking == "" {
		if s.Mine, err = r.names(ctx, "ls-tree", "-r", "-z", "--name-only", head, "--", written); err != nil {
			return s, err
		}
	} else {
		base, err := r.base(ctx, head, b.tracking)
		if err != nil {
			return s, err
		}
		if s.Mine, err = r.changed(ctx, base, head); err != nil {
			return s, err
		}
		if s.Theirs, err = r.changed(ctx, base, b.tracking); err != nil {
			return s, err
		}
	}
	more, err := r.uncommitted(ctx)
	s.Mine = append(s.Mine, more...)
	slices.Sort(s.Mine)
	s.Mine = slices.Compact(s.Mine)
	return s, err
}

// base is the last commit that two have in common. One that the others have taken out of what
// they had sent counts as this side's: nobody's words go.
func (r *Repository) base(ctx context.Context, mine, theirs string) (string, error) {
	base, err := r.line(ctx, "merge-base", mine, theirs)
	if err != nil && base == "" && ctx.Err() == nil {
		return "", ErrAnew
	}
	return base, err
}

// Theirs is what a file of the site's folder holds at the remote, as of the last fetch.
func (r *Repository) Theirs(ctx context.Context, file string) ([]byte, error) {
	b, err := r.branch(ctx)
	if err != nil {
		return nil, err
	}
	out, err := r.git(ctx, "cat-file", "blob", b.tracking+":"+b.prefix+file)
	return []byte(out), err
}

// written is the folder whose changes are committed, below the site's.
const written = "content"

// changed are the files of the site's folder that differ between two commits.
func (r *Repository) changed(ctx context.Context, from, to string) ([]string, error) {
	return r.names(ctx, "diff", "--name-only", "-z", "--no-renames", "--relative", from, to)
}

// uncommitted are the files of the content that were saved and not committed.
func (r *Repository) uncommitted(ctx context.Context) ([]string, error) {
	all, err := r.names(ctx, "ls-files", "-z", "--modified", "--deleted", "--others", "--exclude-standard", "--", written)
	if err != nil {
		return nil, err
	}
	staged, err := r.names(ctx, "diff", "--cached", "--name-only", "-z", "--no-renames", "--relative", "--", written)
	return append(all, staged...), err
}

// Fetch asks the remote what is new there.
func (r *Repository) Fetch(ctx context.Context) error {
	b, err := r.branch(ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	_, err = r.git(ctx, "fetch", "--quiet", "--no-tags", b.remote)
	return err
}

// patience is how long a remote may take.
const patience = 2 * time.Minute

// Commit commits files of the folder, and nothing else. What git does not follow, and what
// is as it was, makes no commit.
func (r *Repository) Commit(ctx context.Context, message string, files []string) error {
	followed, err := r.names(ctx, slices.Concat([]string{"ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"}, files)...)
	if err != nil || len(followed) == 0 {
		return err
	}
	if _, err := r.git(ctx, slices.Concat([]string{"add", "--all", "--"}, followed)...); err != nil {
		return err
	}
	if _, err := r.git(ctx, slices.Concat([]string{"diff", "--cached", "--quiet", "--"}, followed)...); err == nil {
		return nil
	}
	_, err = r.git(ctx, slices.Concat([]string{"commit", "--quiet", "--message", message, "--"}, followed)...)
	return err
}

// CommitAll commits what was written in the content, if anything was.
func (r *Repository) CommitAll(ctx context.Context, message string) error {
	files, err := r.uncommitted(ctx)
	if err != nil || len(files) == 0 {
		return err
	}
	if err := r.Known(ctx); err != nil {
		return err
	}
	if _, err := r.git(ctx, "add", "--all", "--", written); err != nil {
		return err
	}
	_, err = r.git(ctx, "commit", "--quiet", "--message", message, "--", written)
	return err
}

// Known reports, with [ErrNobody], that nobody has given git a name: the one that it makes
// up of the machine's is nobody's.
func (r *Repository) Known(ctx context.Context) error {
	if _, err := r.git(ctx, "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"); err != nil {
		return ErrNobody
	}
	return nil
}

// Introduce tells git who commits in this repository.
func (r *Repository) Introduce(ctx context.Context, name, email string) error {
	if _, err := r.git(ctx, "config", "user.name", name); err != nil {
		return err
	}
	_, err := r.git(ctx, "config", "user.email", email)
	return err
}

// Push sends the branch. If others have sent something meanwhile, the cause of the failure
// is [Rejected].
func (r *Repository) Push(ctx context.Context) error {
	b, err := r.branch(ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	_, err = r.git(ctx, "push", "--porcelain", "--set-upstream", b.remote, "refs/heads/"+b.name+":"+b.there)
	return err
}

// id is the name of a commit or another object.
func (r *Repository) id(ctx context.Context, what string) (string, error) {
	return r.line(ctx, "rev-parse", "--verify", "--quiet", what)
}

func (r *Repository) line(ctx context.Context, args ...string) (string, error) {
	out, err := r.git(ctx, args...)
	return strings.TrimRight(out, "\r\n"), err
}

// names are names that git puts out, each with a NUL behind it.
func (r *Repository) names(ctx context.Context, args ...string) ([]string, error) {
	out, err := r.git(ctx, args...)
	return strings.FieldsFunc(out, func(c rune) bool { return c == 0 }), err
}

// git runs git in the site's folder and returns what it puts out; an error is a [Failure].
func (r *Repository) git(ctx context.Context, args ...string) (string, error) {
	return r.run(ctx, nil, nil, args...)
}

func (r *Repository) run(ctx context.Context, input []byte, environment []string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", slices.Concat([]string{"-C", r.dir, "-c", "core.quotePath=false", "-c", "credential.interactive=false", "-c", "merge.renames=false", "-c", "merge.directoryRenames=false"}, args)...)
	cmd.Env = slices.Concat(os.Environ(), quiet(), environment)
	cmd.WaitDelay = 5 * time.Second // for what git has started and that does not end with it
	cmd.Stdin = bytes.NewReader(input)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	if err == nil {
		return out.String(), nil
	}
	if ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return "", ctx.Err()
	}
	return out.String(), failure(args[0], said.String()+"\n"+out.String(), ctx.Err())
}

// quiet is the environment in which git asks nobody, and speaks English.
func quiet() []string {
	env := []string{"LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=", "SSH_ASKPASS=", "GCM_INTERACTIVE=never", "GIT_EDITOR=true"}
	if os.Getenv("GIT_SSH_COMMAND") == "" && os.Getenv("GIT_SSH") == "" {
		env = append(env, "GIT_SSH_COMMAND=ssh -o BatchMode=yes -o ConnectTimeout=20")
	}
	return env
}
