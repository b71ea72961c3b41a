package edit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/mail"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"lienhiep/internal/diag"
	"lienhiep/internal/history"
	"lienhiep/internal/repository"
)

// shared is what is remembered of the office's shared repository.
type shared struct {
	asking  sync.Mutex // one question at a time
	mu      sync.Mutex
	asked   time.Time // when it was last asked what is new
	failure error     // that time
}

// askAgain is how old the answer of the repository may be before it is asked again in the
// background.
const askAgain = 5 * time.Minute

func (d *Desk) sharedRoutes() {
	d.mux.HandleFunc("GET /kho/{$}", d.sharedPage)
	d.mux.HandleFunc("GET /viec/kho", d.sharedState)
	d.mux.HandleFunc("POST /kho/lay", d.alone(d.takeShared))
	d.mux.HandleFunc("POST /kho/gui", d.alone(d.sendShared))
	d.mux.HandleFunc("POST /kho/ten", d.introduce)
}

// sharedPage is the page on which others' work is taken and one's own is sent.
func (d *Desk) sharedPage(w http.ResponseWriter, r *http.Request) {
	d.show(w, "kho", view{Title: "Kho chung", Here: "/kho/", Help: "kho-chung"})
}

// sharedShown is how the folder stands to the shared repository.
type sharedShown struct {
	Has      bool     `json:"has"`      // there is one
	Sentence string   `json:"sentence"` // "3 bài chưa gửi lên, 2 bài mới ở kho chung."
	Mine     []titled `json:"mine"`
	Theirs   []titled `json:"theirs"`
	Asked    string   `json:"asked,omitempty"` // when it was last asked
	Problem  string   `json:"problem,omitempty"`
	Details  string   `json:"details,omitempty"` // what git said
	Nobody   bool     `json:"nobody"`            // git does not know who commits
}

// titled is an entry, or another file, by its title.
type titled struct {
	Title string `json:"title"`
	Place string `json:"place,omitempty"`
	Wrong bool   `json:"wrong,omitempty"` // it has errors
}

// sharedState tells how the folder stands; asked with "hoi", it asks the repository first.
func (d *Desk) sharedState(w http.ResponseWriter, r *http.Request) {
	repo, err := repository.Open(r.Context(), d.Root)
	if err != nil {
		d.answer(w, sharedShown{Problem: problem(err), Details: details(err)})
		return
	}
	d.shared.mu.Lock()
	stale := time.Since(d.shared.asked) > askAgain
	d.shared.mu.Unlock()
	if r.URL.Query().Has("hoi") || stale {
		d.askShared(r.Context(), repo)
	}
	d.answer(w, d.standing(r.Context(), repo))
}

// askShared asks the repository what is new.
func (d *Desk) askShared(ctx context.Context, repo *repository.Repository) error {
	d.shared.asking.Lock()
	defer d.shared.asking.Unlock()
	err := repo.Fetch(ctx)
	d.shared.mu.Lock()
	defer d.shared.mu.Unlock()
	d.shared.asked, d.shared.failure = time.Now(), err
	return err
}

// standing tells how the folder stands to what is known of the repository.
func (d *Desk) standing(ctx context.Context, repo *repository.Repository) sharedShown {
	s, err := repo.State(ctx)
	if err != nil {
		return sharedShown{Has: !errors.Is(err, repository.ErrNoRemote), Problem: problem(err), Details: details(err)}
	}
	theirs := func(file string) ([]byte, error) { return repo.Theirs(ctx, file) }
	mine := func(file string) ([]byte, error) {
		if data, err := d.folder.read(file); err == nil {
			return data, nil
		}
		return repo.Theirs(ctx, file) // it was removed here
	}
	out := sharedShown{Has: true, Mine: d.titledFiles(s.Mine, mine), Theirs: d.titledFiles(s.Theirs, theirs), Nobody: repo.Known(ctx) != nil}
	d.markWrong(out.Mine)
	var parts []string
	if n := len(out.Mine); n > 0 {
		parts = append(parts, fmt.Sprintf("%d bài chưa gửi lên", n))
	}
	if n := len(out.Theirs); n > 0 {
		parts = append(parts, fmt.Sprintf("%d bài mới ở kho chung", n))
	}
	if out.Sentence = strings.Join(parts, ", ") + "."; parts == nil {
		out.Sentence = "Máy này và kho chung giống nhau."
	}
	d.shared.mu.Lock()
	defer d.shared.mu.Unlock()
	if !d.shared.asked.IsZero() {
		out.Asked = clock(d.shared.asked.In(d.Zone))
	}
	if d.shared.failure != nil {
		out.Problem, out.Details = problem(d.shared.failure), details(d.shared.failure)
	}
	return out
}

// markWrong marks the entries that have errors, which whoever takes them would have too.
func (d *Desk) markWrong(all []titled) {
	if len(all) == 0 {
		return
	}
	_, findings, err := d.Site.Load()
	if err != nil {
		d.Log(err)
	}
	for i, t := range all {
		all[i].Wrong = slices.ContainsFunc(findings, func(f diag.Finding) bool {
			return f.Severity == diag.Error && isEntry(f.Pos.File) && placeAtDesk(f.Pos.File) == t.Place
		})
	}
}

// titledFiles are files by what editors call them: what lies in an entry's folder is the
// entry's; the rest is one item. The title is as the entry is elsewhere, if it is there.
func (d *Desk) titledFiles(files []string, elsewhere func(file string) ([]byte, error)) []titled {
	all := []titled{}
	seen := map[string]bool{}
	for _, file := range files {
		t := titled{Title: "Những tệp khác của trang"}
		switch entry := path.Join(path.Dir(file), "index.md"); {
		case isEntry(file):
			t = titled{Title: path.Base(path.Dir(file)), Place: placeAtDesk(file)}
			data, err := d.folder.read(file)
			if err != nil {
				t.Place = ""
			}
			if theirs, missing := elsewhere(file); missing == nil {
				data, err = theirs, nil
			}
			if title := titleIn(data); err == nil && title != "" {
				t.Title = title
			}
		case strings.HasPrefix(file, "content/"):
			if data, err := d.folder.read(entry); err == nil && isEntry(entry) {
				t = titled{Title: titleIn(data), Place: placeAtDesk(entry)}
			}
		}
		if key := t.Title + "\n" + t.Place; !seen[key] {
			seen[key] = true
			all = append(all, t)
		}
	}
	return all
}

// problems say why something is not done with the repository, and what to do.
var problems = map[error]string{
	repository.ErrNoGit:    "Máy này chưa cài chương trình git, nên không có kho chung.",
	repository.ErrNone:     "Thư mục của trang chưa nằm trong một kho git, nên không có kho chung. Bài vẫn lưu và đăng như thường.",
	repository.ErrNoRemote: "Kho git của máy này chưa nối với kho chung nào. Bài vẫn lưu và đăng như thường. Nhờ người phụ trách kỹ thuật nối một lần (git remote add).",
	repository.ErrDetached: "Thư mục đang mở một bản cũ của kho, không ở nhánh nào, nên chưa lấy về và gửi lên được. Chưa mất gì. Nhờ người phụ trách kỹ thuật quay về nhánh chính (git switch).",
	repository.ErrBusy:     "Trong thư mục này có việc gộp của git làm dở từ ngoài bàn biên tập. Chưa mất gì. Nhờ người phụ trách kỹ thuật làm xong hoặc bỏ việc ấy (git status nói cách làm), rồi thử lại.",
	repository.ErrNobody:   "Git chưa biết bạn là ai. Ghi họ tên và thư điện tử dưới đây một lần, rồi làm lại.",
	repository.ErrOld:      "Chương trình git trên máy này đã cũ, không gộp được bài của hai bên. Cần git 2.38 trở lên. Bài chưa bị đổi gì.",
	repository.ErrStranger: "Thư mục này do một người dùng khác của máy lập (hay gặp ở ổ mạng), nên git chưa chịu làm việc ở đây. Bài vẫn lưu và đăng như thường. Nhờ người phụ trách kỹ thuật cho phép một lần (git config --global --add safe.directory, theo sau là thư mục).",
	repository.ErrAnew:     "Kho chung đã được lập lại từ đầu nên không còn khớp với máy này. Chưa có gì bị đổi, bài vẫn an toàn trên máy này. Nhờ người phụ trách kỹ thuật xem trước khi lấy về hay gửi lên.",
	repository.ErrMoved:    "Bài vừa được lưu thêm trong lúc đang lấy. Chưa có gì bị đổi; bấm lại lần nữa.",
}

var causes = map[repository.Cause]string{
	repository.Denied:      "Kho chung đòi đăng nhập, mà bàn biên tập không hỏi mật khẩu. Nhờ người phụ trách kỹ thuật chạy “git fetch” một lần trong thư mục này để máy nhớ cách đăng nhập. Bài vẫn an toàn trên máy này.",
	repository.Unreachable: "Chưa tới được kho chung: mất mạng, hoặc địa chỉ kho đã đổi. Bài vẫn an toàn trên máy này; có mạng thì làm lại.",
	repository.Rejected:    "Có người vừa gửi lên trước. Bấm Gửi lên lần nữa.",
	repository.Declined:    "Kho có quy định không nhận lần này (git hook). Bài vẫn an toàn trên máy này; lời từ chối ở mục Chi tiết.",
	repository.InTheWay:    "Có tệp trên máy này đã sửa mà chưa ghi vào kho, và kho chung cũng đổi tệp ấy. Chưa có gì bị đổi. Nhờ người phụ trách kỹ thuật xem; tên tệp ở mục Chi tiết.",
	repository.Occupied:    "Một chương trình git khác đang làm việc trong thư mục này, hoặc đã bị tắt giữa chừng. Chưa có gì bị đổi. Đợi một phút rồi làm lại; vẫn vậy thì nhờ người phụ trách kỹ thuật (tên tệp ở mục Chi tiết).",
	repository.Unknown:     "Git không làm được. Chưa có gì bị đổi; lời của git ở mục Chi tiết.",
}

// problem is an error of the repository as editors are told it.
func problem(err error) string {
	for is, text := range problems {
		if errors.Is(err, is) {
			return text
		}
	}
	var f *repository.Failure
	if errors.As(err, &f) {
		return causes[f.Cause]
	}
	return "Máy không làm được: " + err.Error()
}

func details(err error) string {
	var f *repository.Failure
	if errors.As(err, &f) {
		return f.Said
	}
	return ""
}

// chosenFile is what an editor has chosen for an entry that both sides have changed.
type chosenFile struct {
	File   string `json:"file"`
	Mine   string `json:"mine"` // the versions that were seen
	Theirs string `json:"theirs"`
	Keep   string `json:"keep"` // "mine", "theirs" or "both"
}

// apart is an entry that both sides have changed at the same place.
type apart struct {
	titled
	chosenFile
	Changed []fieldChange `json:"changed"` // from theirs to mine
	Note    string        `json:"note,omitempty"`
	Both    bool          `json:"both"` // both can be kept
}

// taken is what became of taking or sending.
type taken struct {
	Done      string      `json:"done,omitempty"` // a sentence
	Conflicts []apart     `json:"conflicts"`
	State     sharedShown `json:"state"`
}

// takeShared takes what others wrote.
func (d *Desk) takeShared(w http.ResponseWriter, r *http.Request) { d.withShared(w, r, false) }

// sendShared takes what others wrote, and sends what was written here.
func (d *Desk) sendShared(w http.ResponseWriter, r *http.Request) { d.withShared(w, r, true) }

// faster is how often others may be faster.
const faster = 3

func (d *Desk) withShared(w http.ResponseWriter, r *http.Request, send bool) {
	var asked struct {
		Chosen []chosenFile `json:"chosen"`
	}
	if !read(w, r, &asked) {
		return
	}
	ctx := context.WithoutCancel(r.Context())
	repo, err := repository.Open(ctx, d.Root)
	if err != nil {
		d.answer(w, taken{State: sharedShown{Problem: problem(err), Details: details(err)}})
		return
	}
	out := taken{Conflicts: []apart{}}
	var changed []titled
	for range faster {
		var more []titled
		if more, out.Conflicts, err = d.bring(ctx, repo, asked.Chosen); err != nil || len(out.Conflicts) > 0 {
			break
		}
		changed = append(changed, more...)
		if !send {
			break
		}
		d.tellStep("Gửi lên kho chung")
		var f *repository.Failure
		if err = repo.Push(ctx); !errors.As(err, &f) || f.Cause != repository.Rejected {
			break
		}
	}
	if len(changed) > 0 {
		out.Done = fmt.Sprintf("Đã lấy về %d bài mới hoặc đã đổi.", len(changed))
	} else if !send {
		out.Done = "Kho chung không có gì mới."
	}
	switch {
	case len(out.Conflicts) > 0:
		out.Done = fmt.Sprintf("%d bài có chỗ cả hai bên cùng sửa. Chọn ở dưới đây; chưa có gì bị đổi.", len(out.Conflicts))
	case err != nil && len(changed) == 0:
		out.Done = ""
	case err == nil && send:
		out.Done = strings.TrimSpace(out.Done + " Đã gửi lên kho chung.")
	}
	out.State = d.standing(ctx, repo)
	if err != nil {
		out.State.Problem, out.State.Details, out.State.Nobody = problem(err), details(err), errors.Is(err, repository.ErrNobody)
	}
	d.answer(w, out)
}

// bring commits what was saved, and puts it after what the others have sent.
func (d *Desk) bring(ctx context.Context, repo *repository.Repository, chosen []chosenFile) (changed []titled, conflicts []apart, err error) {
	d.tellStep("Hỏi kho chung")
	if err := d.askShared(ctx, repo); err != nil {
		return nil, nil, err
	}
	d.tellStep("Gộp bài")
	d.folder.saving.Lock()
	defer d.folder.saving.Unlock()
	d.committing.Lock()
	defer d.committing.Unlock()
	if err := repo.CommitAll(ctx, "Sửa bài ở bàn biên tập"); err != nil {
		return nil, nil, err
	}
	p, err := repo.Prepare(ctx, nil)
	if err == nil && len(p.Conflicts) > 0 && len(chosen) > 0 {
		p, err = repo.Prepare(ctx, decided(ctx, p.Conflicts, chosen))
	}
	if err != nil {
		return nil, nil, err
	}
	if len(p.Conflicts) > 0 {
		for _, c := range p.Conflicts {
			conflicts = append(conflicts, d.apart(ctx, c))
		}
		return nil, conflicts, nil
	}
	if err := d.keepBoth(p); err != nil {
		return nil, nil, err
	}
	if err := p.Apply(ctx); err != nil {
		return nil, nil, err
	}
	var files []string
	for _, c := range p.Changes {
		files = append(files, c.File)
	}
	return d.titledFiles(files, func(string) ([]byte, error) { return nil, fs.ErrNotExist }), nil, nil
}

// keepBoth keeps the versions of entries before and after, so that what was not chosen can
// be had back.
func (d *Desk) keepBoth(p *repository.Plan) error {
	var changes []history.Change
	chosen := map[string]bool{}
	for _, s := range p.Settled {
		chosen[s.File] = true
		if isEntry(s.File) {
			changes = append(changes, history.Change{File: s.File, Before: s.Mine, After: s.Theirs}, history.Change{File: s.File, Before: s.Theirs, After: s.Final})
		}
	}
	for _, c := range p.Changes {
		if isEntry(c.File) && !chosen[c.File] {
			changes = append(changes, history.Change{File: c.File, Before: c.Before, After: c.After})
		}
	}
	if len(changes) == 0 {
		return nil
	}
	return d.history.Keep(history.Act{Why: history.Fetched, Time: time.Now()}, changes...)
}

// version names one side's version of a file, "" for none.
func version(data []byte) string {
	if data == nil {
		return ""
	}
	return hash(data)
}

// decided are the choices of an editor, for the versions that they have seen.
func decided(ctx context.Context, conflicts []repository.Conflict, chosen []chosenFile) map[string]repository.Chosen {
	all := map[string]repository.Chosen{}
	for _, c := range conflicts {
		for _, one := range chosen {
			if one.File == c.File && one.Mine == version(c.Mine) && one.Theirs == version(c.Theirs) {
				all[c.File] = repository.Chosen{Mine: c.Mine, Theirs: c.Theirs, Final: settled(ctx, c, one.Keep)}
			}
		}
	}
	return all
}

// settled is what a file holds as it was chosen. Where only one side has changed something,
// that stands in any case.
func settled(ctx context.Context, c repository.Conflict, keep string) []byte {
	whole := map[string][]byte{"mine": c.Mine, "theirs": c.Theirs, "both": c.Mine}[keep]
	if c.Mine == nil || c.Theirs == nil {
		if keep == "both" && whole == nil {
			return c.Theirs
		}
		return whole
	}
	parts, err := repository.Merge(ctx, c.Base, c.Mine, c.Theirs)
	if err != nil {
		return whole
	}
	var b bytes.Buffer
	for _, p := range parts {
		switch {
		case !p.Conflict() || keep == "mine":
			b.Write(p.Mine)
		case keep == "theirs":
			b.Write(p.Theirs)
		case inText(b.Bytes()):
			b.Write(inTurn(p.Mine, p.Theirs))
		default: // a field has one value; what is of the text below comes in turn
			mine, theirs := fence.FindIndex(p.Mine), fence.FindIndex(p.Theirs)
			if mine == nil || theirs == nil {
				b.Write(p.Mine)
				continue
			}
			b.Write(p.Mine[:mine[1]])
			b.WriteByte('\n')
			b.Write(inTurn(bytes.TrimLeft(p.Mine[mine[1]:], "\r\n"), bytes.TrimLeft(p.Theirs[theirs[1]:], "\r\n")))
		}
	}
	return b.Bytes()
}

// fence is the line that ends front matter.
var fence = regexp.MustCompile(`(?m)^---\r?\n`)

// inText reports whether what follows is the text below the front matter.
func inText(before []byte) bool { return len(fence.FindAllIndex(before, 2)) == 2 }

// inTurn are two passages as paragraphs of their own.
func inTurn(mine, theirs []byte) []byte {
	if len(bytes.TrimSpace(mine)) == 0 || len(bytes.TrimSpace(theirs)) == 0 {
		return slices.Concat(mine, theirs)
	}
	return slices.Concat(bytes.TrimRight(mine, "\r\n"), []byte("\n\n"), theirs)
}

// apart shows a conflict: the words in which the two outcomes differ.
func (d *Desk) apart(ctx context.Context, c repository.Conflict) apart {
	out := apart{chosenFile: chosenFile{File: c.File, Mine: version(c.Mine), Theirs: version(c.Theirs)}}
	out.titled = d.titledFiles([]string{c.File}, func(string) ([]byte, error) { return c.Theirs, nil })[0]
	text := isEntry(c.File)
	switch {
	case c.Mine == nil:
		out.Note = "Bạn đã bỏ bài này; kho chung thì có sửa."
	case c.Theirs == nil:
		out.Note = "Kho chung đã bỏ bài này; bạn thì có sửa."
	case !text:
		out.Note = "Tệp này (" + path.Base(c.File) + ") không so từng chữ được: chọn một trong hai."
	default:
		out.Both = true
		out.Changed = d.naming().changedIn(c.File, settled(ctx, c, "theirs"), settled(ctx, c, "mine"))
	}
	return out
}

// introduce tells git who commits here.
func (d *Desk) introduce(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Name  string `json:"name"`
		Email string `json:"email"`
	}
	if !read(w, r, &asked) {
		return
	}
	name := strings.Join(strings.Fields(asked.Name), " ")
	if _, err := mail.ParseAddress(asked.Email); err != nil || name == "" || len(name) > 100 || strings.ContainsAny(name, "<>\x00") || strings.ContainsAny(asked.Email, "<> \n") {
		d.broken(w, refuse(http.StatusBadRequest, textWhoAreYou))
		return
	}
	repo, err := repository.Open(r.Context(), d.Root)
	if err == nil {
		err = repo.Introduce(r.Context(), name, asked.Email)
	}
	if err != nil {
		d.broken(w, refuse(http.StatusConflict, diag.Text{VI: "%[1]s", EN: "%[1]s"}, problem(err)))
		return
	}
	d.nameOnce(name)
	d.answer(w, true)
}
