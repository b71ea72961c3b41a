package catalog

import (
	"testing"
	"testing/fstest"
	"time"

	"lienhiep/internal/diag"
)

func TestHowAContestStands(t *testing.T) {
	for front, want := range map[string]Intake{ // on 15 June 2030
		"period: 2028–2029":                                       IntakeOver,
		"period: 2029–2030":                                       IntakeUnderWay,
		"period: 2031–2032":                                       IntakeAhead,
		"period: lần đầu":                                         "",
		"event: 2030-06-14":                                       IntakeOver,
		"event: 2030-06-15":                                       IntakeUnderWay,
		"event: 2030-06-16":                                       IntakeAhead,
		"event: 2030-05-01\nperiod: 2029–2030":                    IntakeOver, // the event is known better
		"begins: 2030-03-01":                                      "",         // until when nobody says
		"begins: 2030-07-01":                                      IntakeAhead,
		"begins: 2030-07-01\nperiod: 2030":                        IntakeAhead,
		"begins: 2030-03-01\nends: 2030-09-30":                    IntakeOpen,
		"begins: 2030-03-01\nends: 2030-06-15":                    IntakeOpen,
		"begins: 2030-03-01\nends: 2030-06-14":                    IntakeClosed,
		"begins: 2030-03-01\nends: 2030-06-14\nperiod: 2030":      IntakeClosed,
		"begins: 2029-03-01\nends: 2029-06-14\nperiod: 2029":      IntakeOver,
		"begins: 2030-03-01\nends: 2030-06-14\nevent: 2030-03-01": IntakeClosed, // when it was opened
		"begins: 2030-03-01\nends: 2030-09-30\nevent: 2030-03-01": IntakeOpen,
		"begins: 2030-03-01\nends: 2030-06-01\nevent: 2030-06-10": IntakeOver,
	} {
		if got := intakeOf(t, "content/hoi-thi/a/index.md", front); got != want {
			t.Errorf("%q: %q, want %q", front, got, want)
		}
	}
	for front, want := range map[string]Intake{
		"":                     "",
		"deadline: 2030-06-15": IntakeOpen,
		"deadline: 2030-06-14": IntakeClosed,
	} {
		front += "\nplan: [1-kh-tu/1]\nrules: [{title: N, url: \"https://example.org/\"}]"
		if got := intakeOf(t, "content/thu-tuc/a/index.md", front); got != want {
			t.Errorf("%q: %q, want %q", front, got, want)
		}
	}
	if got := intakeOf(t, "content/hoi-thi/a/index.md", "period: 2029–2030\ndraft: true"); got != "" {
		t.Errorf("a draft stands as %q", got)
	}
}

// intakeOf is how an entry stands on 15 June 2030.
func intakeOf(t *testing.T, file, front string) Intake {
	t.Helper()
	site := amended(t)
	site[file] = &fstest.MapFile{Data: []byte("---\ntitle: Mẫu\ndescription: x\ndate: 2021-05-02\n" + front + "\nsources: [{title: N, url: \"https://example.org/\"}]\n---\n")}
	o := options
	o.Now = time.Date(2030, 6, 15, 12, 0, 0, 0, o.Zone)
	c, findings, err := Load(site, o)
	if err != nil || diag.HasErrors(findings) {
		t.Fatal(err, print(findings))
	}
	for e, s := range c.Intakes() {
		if e.File == file {
			return s
		}
	}
	return ""
}
