package edit

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// TestEveryAnswerSaysWhoMayFrameIt asks as a stranger: an answer that refuses has the
// desk's policy too, by which no other site shows the desk, loads it or is loaded.
func TestEveryAnswerSaysWhoMayFrameIt(t *testing.T) {
	o := openDesk(t)
	for _, address := range []string{"/", "/mo?ma=x", "/viec/kiem-tra", "/khong-co"} {
		w := httptest.NewRecorder()
		o.ServeHTTP(w, httptest.NewRequest("GET", address, nil))
		policy := strings.Split(w.Header().Get("Content-Security-Policy"), "; ")
		for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"} {
			if !slices.Contains(policy, want) {
				t.Errorf("%s: the policy lacks %q: %q", address, want, policy)
			}
		}
	}
}
