package edit

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPicturesOfOtherProgramsAreSeen holds that a picture is shown in the editor by whatever
// name it was put beside its entry, and nothing else that lies there.
func TestPicturesOfOtherProgramsAreSeen(t *testing.T) {
	o := openDesk(t)
	for name, kind := range map[string]string{"IMG_01.JPG": "image/jpeg", "Lễ tôn vinh 2.Jpeg": "image/jpeg", "Sơ đồ.PNG": "image/png", "dong.gif": "image/gif", ".an.JPG": "", "khoa.key": "", "Trang.HTML": "", "~$a.jpg": ""} {
		if err := os.WriteFile(filepath.Join(o.dir, "content", "tin-tuc", "gap-mat", name), []byte("MATKHAU"), 0o666); err != nil {
			t.Fatal(err)
		}
		status, header, text := o.send("GET", "/soan/tin-tuc/gap-mat/"+url.PathEscape(name), nil, nil)
		if kind != "" && (status != 200 || header.Get("Content-Type") != kind) || kind == "" && (status == 200 || strings.Contains(text, "MATKHAU")) {
			t.Errorf("%s: %d %s", name, status, header.Get("Content-Type"))
		}
	}
	if _, text := o.ask("GET", "/trong-thu-muc?bai=content/tin-tuc/gap-mat/index.md", nil, nil); !strings.Contains(text, `["IMG_01.JPG","Lễ tôn vinh 2.Jpeg","Sơ đồ.PNG","dong.gif"]`) {
		t.Errorf("beside the entry: %s", text)
	}
}
