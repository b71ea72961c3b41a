package lint

import "testing"

// TestPathsAreMatchedWhereTheyMayBe holds the search for signs to what is matched.
func TestPathsAreMatchedWhereTheyMayBe(t *testing.T) {
	paths := []string{`Xem C:\ảnh\anh.jpg.`, `c:\anh\le.jpg`, `FILE:///C:/anh.jpg`, "https://a.example/ rồi File://may/anh.jpg"}
	for _, folder := range localFolders {
		paths = append(paths, "/"+folder+"/an/anh.jpg", "Xem (/"+folder+"/an)")
	}
	for _, text := range paths {
		if !localPath.MatchString(text) {
			t.Errorf("%q has no path", text)
		}
		if !mayHoldPath([]byte(text)) {
			t.Errorf("no sign of a path was found in %q", text)
		}
	}
	for _, text := range []string{"", "file", "://", "https://a.example/anh", "Nhà/anh."} {
		if mayHoldPath([]byte(text)) {
			t.Errorf("a sign of a path was found in %q", text)
		}
	}
}
