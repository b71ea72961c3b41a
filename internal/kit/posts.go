package kit

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"

	"lienhiep/internal/card"
	"lienhiep/internal/catalog"
	"lienhiep/internal/diag"
	"lienhiep/internal/emblem"
)

// mostOfPost is how many letters the text of a post has, its address counted: what social
// networks show whole.
const mostOfPost = 400

// mostOnPicture is how many letters of a sentence stand on the picture and in its
// description.
const mostOnPicture = 220

// Post is what an office puts on its page at a social network.
type Post struct {
	Name     string // of its picture, without the ending
	Kind     string // "Việc đã làm, 24/12/2022"
	Title    string
	Sentence string
	URL      string
	Emblem   string // of a person's field, or ""
}

// Text is what is posted, with the address: at most [mostOfPost] letters, unless the
// address alone has more.
func (p Post) Text() string {
	const signs = len("\n\n\n\n")
	room := mostOfPost - utf8.RuneCountInString(p.URL) - signs
	title := Excerpt(p.Title, max(room, 1))
	text := title + "\n\n"
	if left := room - utf8.RuneCountInString(title); p.Sentence != "" && left > 40 {
		text += Excerpt(p.Sentence, left-1) + "\n\n" // the sign that words were cut counts too
	}
	return text + p.URL
}

// Alt describes the picture to those who do not see it: what is written on it.
func (p Post) Alt() string {
	words := "Ảnh chữ: " + p.Kind + ". " + closed(p.Title)
	if p.Sentence != "" {
		words += " " + closed(p.onPicture())
	}
	return words
}

func (p Post) onPicture() string { return Excerpt(p.Sentence, mostOnPicture) }

// Tell gathers the posts: on each deed for the plan, each honour and each life on the site.
// The life of somebody who agreed in writing is left out: what they agreed to is this site.
func (k *Kit) Tell(c *catalog.Catalog, p *catalog.Plan, baseURL string) {
	absolute := func(url string) string { return strings.TrimSuffix(baseURL, "/") + url }
	seen := map[*catalog.Entry]bool{}
	add := func(kind string, d *catalog.Deed) {
		e := d.Page()
		if seen[e] {
			return
		}
		seen[e] = true
		if when := d.When; when.Known() {
			kind += ", " + strings.TrimPrefix(when.Words(diag.Vietnamese), "ngày ")
		}
		k.Posts = append(k.Posts, Post{Name: postName(e), Kind: kind, Title: e.Title, Sentence: e.Description, URL: absolute(e.URL)})
	}
	if p.HasTasks() {
		for _, d := range c.Overview(p).Whole.Done {
			add("Việc đã làm", d)
		}
	}
	for _, e := range c.Entries() {
		if d := c.Deed(e); d != nil && e.Kind.Praises() && e == d.Page() {
			add(capital(e.Kind.Name(diag.Vietnamese)), d)
		}
	}
	for _, person := range c.People {
		if !person.Published() || person.Consent == nil || person.Consent.Basis == "consent" {
			continue
		}
		post := Post{Name: postName(&person.Entry), Kind: capital(person.Entry.Kind.Name(diag.Vietnamese)), Title: person.Title, Sentence: person.Description, URL: absolute(person.URL), Emblem: emblem.General}
		if len(person.Fields) > 0 {
			post.Emblem = emblem.Of(person.Fields[0])
		}
		k.Posts = append(k.Posts, post)
	}
}

// postName is the entry's place below content/ as a name: "ton-vinh-2022".
func postName(e *catalog.Entry) string { return strings.ReplaceAll(e.Place(), "/", "-") }

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// postsFolder is where the posts lie, below that of the kit.
const postsFolder = "bai-dang/"

// postFiles are a page with all posts, from which texts are copied by a button, and their
// pictures.
func postFiles(k *Kit) ([]File, error) {
	if len(k.Posts) == 0 {
		return nil, nil
	}
	var words []card.Words
	for _, p := range k.Posts {
		words = append(words, card.Words{Site: k.Site, Kicker: p.Kind, Title: p.Title, Sentence: p.onPicture(), Emblem: p.Emblem})
	}
	pictures, err := card.Squares(words)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	if err := postsPage.Execute(&page, map[string]any{"Title": "Bài đăng mạng xã hội: " + k.Title, "Posts": k.Posts, "Side": card.Side, "Most": mostOfPost}); err != nil {
		return nil, fmt.Errorf("writing the page of posts: %w", err)
	}
	files := []File{{postsFolder + "index.html", "HTML", page.Bytes()}}
	for i, p := range k.Posts {
		files = append(files, File{postsFolder + p.Name + ".png", "PNG", pictures[i]})
	}
	return files, nil
}

// postsPage is opened in any browser, right from the folder: it asks for nothing else.
var postsPage = template.Must(template.New("posts").Parse(`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }}</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; --ground: #fbf7ef; --ink: #1a2438; --line: #d9cab0; --link: #1c3d74; }
@media (prefers-color-scheme: dark) { :root { --ground: #101827; --ink: #ebe5d8; --line: #3b4863; --link: #a9c6ff; } }
body { max-width: 62rem; margin: 0 auto; padding: 1rem; background: var(--ground); color: var(--ink); font: 112.5%/1.6 system-ui, sans-serif; }
h1, h2 { font-family: ui-serif, "Times New Roman", serif; line-height: 1.25; }
article { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem 2rem; padding-block: 1.5rem; border-top: 1px solid var(--line); }
article h2 { grid-column: 1 / -1; margin: 0; }
img { width: 100%; height: auto; }
label { display: block; font-weight: 600; }
textarea { box-sizing: border-box; width: 100%; field-sizing: content; padding: .5rem; border: 1px solid var(--line); background: transparent; color: inherit; font: inherit; }
button { min-height: 44px; margin: .4rem 0 1rem; padding: 0 1rem; border: 1px solid var(--link); border-radius: 4px; background: transparent; color: var(--link); font: inherit; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
[role=status] { position: fixed; inset: auto 0 1rem; width: max-content; margin: auto; padding: .4rem 1rem; background: var(--ink); color: var(--ground); }
[role=status]:empty { display: none; }
</style>
</head>
<body>
<main>
<h1>{{ .Title }}</h1>
<p>Mỗi bài nhiều nhất {{ .Most }} chữ, kể cả địa chỉ. Chép lời, tải ảnh lên cùng, rồi chép lời tả ảnh vào ô “văn bản thay thế” (alt) cho người không nhìn thấy ảnh. Đọc lại trước khi đăng.</p>
{{ range $i, $post := .Posts }}
<article aria-labelledby="bai-{{ $i }}">
<h2 id="bai-{{ $i }}">{{ .Title }}</h2>
<p><a href="{{ .Name }}.png" download><img src="{{ .Name }}.png" width="{{ $.Side }}" height="{{ $.Side }}" loading="lazy" alt="{{ .Alt }}"></a></p>
<div>
<label for="loi-{{ $i }}">Lời bài</label>
<textarea id="loi-{{ $i }}" rows="12" readonly>{{ .Text }}</textarea>
<button type="button" data-of="loi-{{ $i }}" aria-describedby="bai-{{ $i }}">Chép lời bài</button>
<label for="ta-{{ $i }}">Lời tả ảnh</label>
<textarea id="ta-{{ $i }}" rows="8" readonly>{{ .Alt }}</textarea>
<button type="button" data-of="ta-{{ $i }}" aria-describedby="bai-{{ $i }}">Chép lời tả ảnh</button>
</div>
</article>
{{ end }}
</main>
<p role="status"></p>
<script>
const said = document.querySelector("[role=status]");
for (const button of document.querySelectorAll("button")) button.addEventListener("click", async () => {
  const text = document.getElementById(button.dataset.of);
  text.select();
  try { await navigator.clipboard.writeText(text.value); } catch { document.execCommand("copy"); }
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = "Đã chép"; });
  setTimeout(() => { said.textContent = ""; }, 4000);
});
</script>
</body>
</html>
`))
