package repository

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Plan is what taking the others' work changes.
type Plan struct {
	Changes   []Change
	Conflicts []Conflict // with any, nothing can be applied
	Settled   []Settled  // what was chosen, where both sides had changed the same

	r         *Repository
	top       *Repository // the same, as its uppermost folder names files
	head, tip string
}

// Change is what becomes of a file of the site's folder; nil is none.
type Change struct {
	File          string
	Before, After []byte // Before is as it was last committed here
}

// Conflict is a file that both sides have changed at the same place, nil where it was
// removed.
type Conflict struct {
	File               string
	Base, Mine, Theirs []byte
}

// Chosen is what a file is to hold in the end, nil for none, given what both sides had.
type Chosen struct{ Mine, Theirs, Final []byte }

// Settled is a file for which something was chosen.
type Settled struct {
	File string
	Chosen
}

// Prepare plans to put the commits of this side after the others'. chosen are the files in
// which both sides changed the same; one whose versions have changed since is no choice.
func (r *Repository) Prepare(ctx context.Context, chosen map[string]Chosen) (*Plan, error) {
	b, err := r.branch(ctx)
	if err != nil {
		return nil, err
	}
	top, err := r.line(ctx, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	p := &Plan{r: r, top: &Repository{top}}
	if p.head, err = r.id(ctx, "HEAD"); err != nil || b.tracking == "" {
		p.tip = p.head
		return p, err
	}
	theirs, err := r.id(ctx, b.tracking)
	if err != nil {
		return nil, err
	}
	base, err := r.base(ctx, p.head, theirs)
	if err != nil {
		return nil, err
	}
	switch base {
	case theirs:
		p.tip = p.head
		return p, nil
	case p.head:
		p.tip = theirs
	default:
		if err := r.capable(ctx); err != nil {
			return nil, err
		}
		if err := r.Known(ctx); err != nil {
			return nil, err
		}
		open, err := p.replay(ctx, base, theirs)
		if err != nil {
			return nil, err
		}
		if err := p.settle(ctx, b.prefix, open, base, theirs, chosen); err != nil {
			return nil, err
		}
	}
	return p, p.tell(ctx)
}

// capable reports whether this git can merge without a folder.
func (r *Repository) capable(ctx context.Context) error {
	said, err := r.line(ctx, "version")
	if err != nil {
		return err
	}
	number := strings.Split(strings.TrimPrefix(said, "git version "), ".")
	if len(number) < 2 {
		return nil
	}
	major, _ := strconv.Atoi(number[0])
	minor, _ := strconv.Atoi(number[1])
	if major < 2 || major == 2 && minor < 38 {
		return ErrOld
	}
	return nil
}

// replay puts this side's commits on the others' and returns the files that did not go
// together by themselves, in which this side's version stands meanwhile.
func (p *Plan) replay(ctx context.Context, base, theirs string) (open []string, err error) {
	r := p.top
	merges, err := r.line(ctx, "rev-list", "--merges", "--count", base+".."+p.head)
	if err != nil {
		return nil, err
	}
	if merges != "0" { // a merge cannot be put elsewhere as it is
		tree, open, err := r.mergeTrees(ctx, theirs, p.head)
		if err == nil {
			p.tip, err = r.commit(ctx, tree, "Gộp với kho chung", nil, p.head, theirs)
		}
		return open, err
	}
	commits, err := r.git(ctx, "rev-list", "--reverse", "--topo-order", base+".."+p.head)
	if err != nil {
		return nil, err
	}
	p.tip = theirs
	for _, c := range strings.Fields(commits) {
		before, err := r.id(ctx, p.tip+"^{tree}")
		if err != nil {
			return nil, err
		}
		// A commit that has the tree of the new parent and descends from the old one: the
		// common ancestor of the two is then the old parent, as a cherry-pick has it.
		onto, err := r.commit(ctx, before, "", nil, c+"^")
		if err != nil {
			return nil, err
		}
		tree, more, err := r.mergeTrees(ctx, onto, c)
		if err != nil {
			return nil, err
		}
		open = append(open, more...)
		if tree == before {
			continue // the others have done the same
		}
		message, author, err := r.signature(ctx, c)
		if err != nil {
			return nil, err
		}
		if p.tip, err = r.commit(ctx, tree, message, author, p.tip); err != nil {
			return nil, err
		}
	}
	slices.Sort(open)
	return slices.Compact(open), nil
}

// signature is the message of a commit, and the environment that makes another its author's.
func (r *Repository) signature(ctx context.Context, c string) (message string, author []string, err error) {
	out, err := r.git(ctx, "show", "--no-patch", "--no-show-signature", "--format=%an%x00%ae%x00%ad%x00%B", "--date=raw", c)
	parts := strings.SplitN(out, "\x00", 4)
	if err != nil || len(parts) != 4 {
		return "", nil, errors.Join(err, fmt.Errorf("reading the commit %s", c))
	}
	return strings.TrimRight(parts[3], "\n"), []string{"GIT_AUTHOR_NAME=" + parts[0], "GIT_AUTHOR_EMAIL=" + parts[1], "GIT_AUTHOR_DATE=" + parts[2]}, nil
}

// commit makes a commit that no branch leads to yet.
func (r *Repository) commit(ctx context.Context, tree, message string, author []string, parents ...string) (string, error) {
	args := []string{"commit-tree", tree}
	for _, p := range parents {
		args = append(args, "-p", p)
	}
	out, err := r.run(ctx, []byte(message+"\n"), author, args...)
	return strings.TrimSpace(out), err
}

// mergeTrees merges two commits. Of the files that do not go together the second's
// version stands in the tree.
func (r *Repository) mergeTrees(ctx context.Context, theirs, mine string) (tree string, open []string, err error) {
	out, err := r.git(ctx, "merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", theirs, mine)
	parts := strings.Split(strings.TrimRight(out, "\x00"), "\x00")
	if tree = parts[0]; err == nil {
		return tree, nil, nil
	}
	if len(parts) < 2 || len(tree) < 40 {
		return "", nil, err
	}
	open = parts[1:]
	versions := map[string]entry{}
	for _, file := range open {
		is, err := r.entry(ctx, mine, file)
		if err != nil {
			return "", nil, err
		}
		versions[file] = is
	}
	tree, err = r.withFiles(ctx, tree, versions)
	return tree, open, err
}

// entry is a file of a tree; the zero value is none.
type entry struct{ mode, id string }

// entry is that of a commit's tree, by the file's name in the repository.
func (r *Repository) entry(ctx context.Context, commit, file string) (entry, error) {
	out, err := r.git(ctx, "ls-tree", "-z", commit, "--", ":(literal)"+file)
	if err != nil {
		return entry{}, err
	}
	fields := strings.Fields(strings.SplitN(out, "\t", 2)[0])
	if len(fields) != 3 {
		return entry{}, nil
	}
	if fields[1] != "blob" {
		return entry{}, &Failure{Cause: Unknown, Said: file + " is no file"}
	}
	return entry{fields[0], fields[2]}, nil
}

func (r *Repository) blob(ctx context.Context, e entry) ([]byte, error) {
	if e.id == "" {
		return nil, nil
	}
	out, err := r.git(ctx, "cat-file", "blob", e.id)
	return []byte(out), err
}

// withFiles is a tree with other versions of files.
func (r *Repository) withFiles(ctx context.Context, tree string, versions map[string]entry) (string, error) {
	dir, err := os.MkdirTemp("", "lienhiep-index-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	env := []string{"GIT_INDEX_FILE=" + filepath.Join(dir, "index")}
	if _, err := r.run(ctx, nil, env, "read-tree", tree); err != nil {
		return "", err
	}
	var lines bytes.Buffer
	for file, e := range versions {
		if e.id == "" {
			e = entry{"0", strings.Repeat("0", len(tree))}
		}
		fmt.Fprintf(&lines, "%s %s\t%s\x00", e.mode, e.id, file)
	}
	if _, err := r.run(ctx, lines.Bytes(), env, "update-index", "-z", "--index-info"); err != nil {
		return "", err
	}
	out, err := r.run(ctx, nil, env, "write-tree")
	return strings.TrimSpace(out), err
}

// settle puts what was chosen into the plan, or names what is to be chosen.
func (p *Plan) settle(ctx context.Context, prefix string, open []string, base, theirs string, chosen map[string]Chosen) error {
	r := p.top
	final := map[string]entry{}
	for _, file := range open {
		var entries [3]entry
		var texts [3][]byte
		for i, commit := range []string{base, p.head, theirs} {
			var err error
			if entries[i], err = r.entry(ctx, commit, file); err != nil {
				return err
			}
			if texts[i], err = r.blob(ctx, entries[i]); err != nil {
				return err
			}
		}
		if entries == [3]entry{} {
			return &Failure{Cause: Unknown, Said: file + " stands where there is a folder on the other side"}
		}
		name := strings.TrimPrefix(file, prefix)
		choice, is := chosen[name]
		switch merged, clean, err := r.merge(ctx, texts[0], texts[1], texts[2]); {
		case err != nil:
			return err
		case clean: // it was only in between that they did not go together
			choice.Final = merged
		case !is || !same(choice.Mine, texts[1]) || !same(choice.Theirs, texts[2]):
			p.Conflicts = append(p.Conflicts, Conflict{name, texts[0], texts[1], texts[2]})
			continue
		default:
			p.Settled = append(p.Settled, Settled{name, choice})
		}
		e := entry{}
		if choice.Final != nil {
			id, err := r.run(ctx, choice.Final, nil, "hash-object", "-w", "--stdin", "--no-filters")
			if err != nil {
				return err
			}
			e = entry{"100644", strings.TrimSpace(id)}
			for _, old := range []entry{entries[2], entries[1]} {
				if old.mode != "" {
					e.mode = old.mode
				}
			}
		}
		final[file] = e
	}
	if len(p.Conflicts) > 0 || len(final) == 0 {
		return nil
	}
	tree, err := r.withFiles(ctx, p.tip, final)
	if err != nil {
		return err
	}
	if before, err := r.id(ctx, p.tip+"^{tree}"); err != nil || before == tree {
		return err
	}
	p.tip, err = r.commit(ctx, tree, "Gộp với kho chung", nil, p.tip)
	return err
}

func same(a, b []byte) bool { return bytes.Equal(a, b) && (a == nil) == (b == nil) }

// merge merges three versions, where none of them was removed.
func (r *Repository) merge(ctx context.Context, base, mine, theirs []byte) (merged []byte, clean bool, err error) {
	if mine == nil || theirs == nil {
		return nil, same(mine, theirs), nil
	}
	parts, err := Merge(ctx, base, mine, theirs)
	if errors.Is(err, ErrBinary) {
		return mine, same(mine, theirs), nil
	}
	if err != nil || len(parts) > 1 || len(parts) == 1 && parts[0].Conflict() {
		return nil, false, err
	}
	if len(parts) == 0 {
		return []byte{}, true, nil
	}
	return parts[0].Mine, true, nil
}

// tell reads what the plan changes.
func (p *Plan) tell(ctx context.Context) error {
	files, err := p.r.changed(ctx, p.head, p.tip)
	if err != nil {
		return err
	}
	prefix, err := p.r.line(ctx, "rev-parse", "--show-prefix")
	if err != nil {
		return err
	}
	for _, file := range files {
		c := Change{File: file}
		for _, side := range []struct {
			commit string
			text   *[]byte
		}{{p.head, &c.Before}, {p.tip, &c.After}} {
			e, err := p.top.entry(ctx, side.commit, prefix+file)
			if err == nil {
				*side.text, err = p.top.blob(ctx, e)
			}
			if err != nil {
				return err
			}
		}
		p.Changes = append(p.Changes, c)
	}
	return nil
}

// Apply makes the folder and the branch what was planned. A file that was changed meanwhile
// keeps all as it is: the cause of the failure is [InTheWay].
func (p *Plan) Apply(ctx context.Context) error {
	if len(p.Conflicts) > 0 {
		return errors.New("there is something to be chosen")
	}
	if p.tip == p.head {
		return nil
	}
	if now, err := p.r.id(ctx, "HEAD"); err != nil || now != p.head {
		return errors.Join(err, ErrMoved)
	}
	// What was written again as it was has another time, which Git would take for a change.
	if _, err := p.r.git(ctx, "update-index", "-q", "--refresh"); err != nil {
		return err
	}
	_, err := p.r.git(ctx, "reset", "--quiet", "--keep", p.tip)
	return err
}
