package withdrawal

import (
	"errors"
	"strings"
	"testing"
)

const record = `# Đừng xóa mục nào.

[[withdrawn]]
person = "tran-van-mau"
name = "tran van mau"
date = 2026-03-01
addresses = ["/tri-thuc/tran-van-mau/"]

[[withdrawn]] # không phải do máy ghi
person = "x"

[[withdrawn]]
person = "le-thi-thu"
name = "le thi thu"
others = ["le-thi-thu-1950"] # cô khác
born = 1960
date = 2026-03-02
addresses = []
`

func TestReadmit(t *testing.T) {
	for id, want := range map[string]string{
		"tran-van-mau": "# Đừng xóa mục nào.\n\n" + record[len("# Đừng xóa mục nào.\n\n[[withdrawn]]\nperson = \"tran-van-mau\"\nname = \"tran van mau\"\ndate = 2026-03-01\naddresses = [\"/tri-thuc/tran-van-mau/\"]\n\n"):],
	} {
		if got, err := Readmit([]byte(record), id); err != nil || string(got) != want {
			t.Errorf("%s: %v\n%s\nwant:\n%s", id, err, got, want)
		}
	}
	last, err := Readmit([]byte(record), "le-thi-thu")
	if err != nil || string(last) != record[:len(record)-len("\n[[withdrawn]]\nperson = \"le-thi-thu\"\nname = \"le thi thu\"\nothers = [\"le-thi-thu-1950\"] # cô khác\nborn = 1960\ndate = 2026-03-02\naddresses = []\n")] {
		t.Errorf("%v\n%s", err, last)
	}
	if _, err := Readmit([]byte(record), "nobody"); !errors.Is(err, ErrNotInRecord) {
		t.Error(err)
	}
}

func TestTell(t *testing.T) {
	for id, want := range map[string]string{
		"tran-van-mau": "addresses = [\"/tri-thuc/tran-van-mau/\"]\nothers = [\"khac\"]\n\n[[",
		"le-thi-thu":   "name = \"le thi thu\"\nothers = [\"le-thi-thu-1950\", \"khac\"]\nborn",
	} {
		got, err := Tell([]byte(record), id, "khac")
		if err != nil || !strings.Contains(string(got), want) {
			t.Errorf("%s: %v\n%s", id, err, got)
		}
		if again, err := Tell(got, id, "khac"); err != nil || string(again) != string(got) {
			t.Errorf("%s again: %v\n%s", id, err, again)
		}
	}
	if _, err := Tell([]byte(record), "nobody", "khac"); !errors.Is(err, ErrNotInRecord) {
		t.Error(err)
	}
}
