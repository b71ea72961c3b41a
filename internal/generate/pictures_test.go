package generate

import (
	"bytes"
	"image"
	"image/jpeg"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/spf13/afero"
	"golang.org/x/text/unicode/norm"
)

// TestADamagedPictureIsCleanedAnew holds that of the pictures that were cleaned before
// only those are taken that hold what their names say: none that a power cut has
// emptied, cut short or filled with zeros, and none of another original.
func TestADamagedPictureIsCleanedAnew(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 64, 48)), nil); err != nil {
		t.Fatal(err)
	}
	comment := "\xff\xfe\x00\x0athe place"
	content := fstest.MapFS{"content/a/le.jpg": {Data: []byte("\xff\xd8" + comment + photo.String()[2:])}}
	out := afero.NewMemMapFs()
	clean := func() (string, []byte) {
		t.Helper()
		name, err := cleanPicture(content, out, "content/a/le.jpg", "content/a/le.jpg")
		if err != nil {
			t.Fatal(err)
		}
		data, err := afero.ReadFile(out, name)
		if err != nil {
			t.Fatal(err)
		}
		return name, data
	}
	name, whole := clean()
	if ok, err := path.Match("pictures/a/le.jpg.????????????????.jpg", name); !ok || err != nil {
		t.Errorf("the templates look for another name than %s", name)
	}
	for what, damaged := range map[string][]byte{"empty": nil, "cut short": whole[:len(whole)/2], "zeros": make([]byte, len(whole))} {
		if err := afero.WriteFile(out, name, damaged, 0o666); err != nil {
			t.Fatal(err)
		}
		if again, data := clean(); again != name || !bytes.Equal(data, whole) {
			t.Errorf("%s: the picture is %s, of %d bytes", what, again, len(data))
		}
	}
	// What is whole is not made twice: it is found with any content that its name tells.
	other := strings.TrimSuffix(name, shortSum(whole)+".jpg") + shortSum([]byte("other")) + ".png"
	if err := afero.WriteFile(out, other, []byte("other"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := out.Remove(name); err != nil {
		t.Fatal(err)
	}
	if again, _ := clean(); again != other {
		t.Errorf("the picture is made twice: %s", again)
	}
	content["content/a/le.jpg"].Data = append(content["content/a/le.jpg"].Data[:2:2], photo.Bytes()[2:]...)
	if again, err := cleanPicture(content, out, "content/a/le.jpg", "content/a/le.jpg"); err != nil || again != "" {
		t.Errorf("a picture that needs no cleaning is %q (%v)", again, err)
	}
}

// TestAPictureIsFoundByTheNameInTheText holds that a picture whose name has another Unicode
// form on the disk, as on a Mac, stands under the one of the text, needing to be cleaned or
// not: the templates look for that.
func TestAPictureIsFoundByTheNameInTheText(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 64, 48)), nil); err != nil {
		t.Fatal(err)
	}
	lying, shown := "content/a/"+norm.NFD.String("lễ.jpg"), "content/a/lễ.jpg"
	for what, data := range map[string][]byte{"ready": photo.Bytes(), "to be cleaned": []byte("\xff\xd8\xff\xfe\x00\x0athe place" + photo.String()[2:])} {
		out := afero.NewMemMapFs()
		name, err := cleanPicture(fstest.MapFS{lying: {Data: data}}, out, lying, shown)
		if ok, _ := path.Match("pictures/a/lễ.jpg.????????????????.jpg", name); !ok || err != nil {
			t.Errorf("%s: the picture is %q (%v)", what, name, err)
		}
		if made, err := afero.ReadFile(out, name); err != nil || bytes.Contains(made, []byte("the place")) {
			t.Errorf("%s: the picture holds what the camera wrote (%v)", what, err)
		}
	}
}
