package edit

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"lienhiep/internal/needs"
)

// hand hands a file to the desk, as its pages do, and returns where it can be looked at.
func (o open) hand(name string, data []byte, use string) string {
	o.t.Helper()
	status, text := o.ask("POST", "/nhap/tep?"+url.Values{"ten": {name}, "de": {use}}.Encode(), string(data), func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") })
	var answer struct{ Place string }
	if err := json.Unmarshal([]byte(text), &answer); err != nil || status != 200 {
		o.t.Fatalf("%s: %d %s (%v)", name, status, text, err)
	}
	return answer.Place
}

func TestDescribedPictures(t *testing.T) {
	needs.Ask(t)
	o := openDesk(t)
	data, err := os.ReadFile("../office/testdata/libreoffice/co-quan.docx")
	if err != nil {
		t.Fatal(err)
	}
	at := o.hand("co-quan.docx", data, "")
	page := o.page(at + "?" + url.Values{"mo-ta:hinh-1.png": {"Trao giải mẫu"}}.Encode())
	if !strings.Contains(page, `alt="Trao giải mẫu"`) {
		t.Errorf("%s", page)
	}
}
