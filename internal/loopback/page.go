package loopback

import (
	"bytes"
	"html/template"

	"lienhiep/internal/diag"
)

var page = template.Must(template.New("").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
</head>
<body>
<h1>{{.Title}}</h1>
<p>{{.Text}}</p>
</body>
</html>
`))

// Page writes a page with a heading and a paragraph that say why there is no other.
func Page(lang diag.Lang, title, text diag.Text) []byte {
	var b bytes.Buffer
	if err := page.Execute(&b, map[string]string{"Lang": string(lang), "Title": title.In(lang), "Text": text.In(lang)}); err != nil {
		panic(err) // neither the template nor the buffer can fail
	}
	return b.Bytes()
}
