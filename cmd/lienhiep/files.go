package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lienhiep/internal/diag"
	"lienhiep/internal/disk"
)

// readBounded reads at most n bytes of a file.
func readBounded(name string, n int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, n))
}

// create writes a file for the user, whole or not at all. One that is there is left alone,
// and that is told.
func (ui *UI) create(name string, data []byte, mode fs.FileMode) error {
	err := disk.CreateFile(name, data, mode)
	if errors.Is(err, fs.ErrExist) {
		ui.note(textFileExists, printable(name))
		return errFindings
	}
	return err
}

// keepable refuses a place for a user's file that the next build would remove it from.
func (p *project) keepable(command, name string) error {
	root, rootErr := filepath.Abs(p.root)
	at, err := filepath.Abs(name)
	if err := errors.Join(rootErr, err); err != nil {
		return err
	}
	for _, folder := range []string{"public", "generated"} {
		if strings.HasPrefix(at+string(filepath.Separator), filepath.Join(root, folder)+string(filepath.Separator)) {
			return usagef(command, diag.Text{VI: "Thư mục %[1]s/ được làm lại mỗi lần dựng trang, tệp để trong đó sẽ mất; hãy chọn nơi khác sau -o.", EN: "The folder %[1]s/ is made anew by every build, and a file in it would be lost; choose another place after -o."}, folder)
		}
	}
	return nil
}
