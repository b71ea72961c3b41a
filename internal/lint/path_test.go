package lint

import "testing"

// TestPathsAreMatchedWhereTheyMayBe holds the search for signs to what is matched.
func TestPathsAreMatchedWhereTheyMayBe(t *testing.T) {
	for _, text := range []string{
		`Xem C:\Users\An\anh.jpg.`, `FILE:///C:/anh.jpg`, "https://a.example/ rồi File://may/anh.jpg", "(/home/an/anh.jpg)", "/Users/an/x", " /root/x", "“/tmp/x", "/mnt/x", "/private/x",
	} {
		if !localPath.MatchString(text) {
			t.Errorf("%q has no path", text)
		}
		if !mayHoldPath([]byte(text)) {
			t.Errorf("no sign of a path was found in %q", text)
		}
	}
	for _, text := range []string{"", "file", "://", "https://a.example/tmp", "Nhà ở/home."} {
		if mayHoldPath([]byte(text)) {
			t.Errorf("a sign of a path was found in %q", text)
		}
	}
}
