package check

import (
	"lienhiep/internal/diag"
	"lienhiep/internal/secret"
)

var secretKey = diag.NewRule("site-secret-key", diag.Error,
	diag.Text{VI: "Tệp chứa khóa bí mật (%[1]s): ai tải được tệp này thì dùng được khóa.", EN: "The file contains a secret key (%[1]s): whoever downloads it can use the key."},
	diag.Text{VI: "Xóa tệp khỏi static/ hoặc content/. Nếu tệp đã từng lên mạng hay vào kho chung thì coi như khóa đã lộ: tạo khóa mới, thay khóa cũ ở mọi nơi dùng nó.",
		EN: "Remove it from static/ or content/. If it was ever published or shared, treat the key as compromised: create a new one and replace it wherever it is used."})

// secrets finds a key in a file, whatever its name.
func (w *worker) secrets(f *file) {
	if secret.IsName(f.name) {
		return // told
	}
	if form, at := secret.Find(f.src); form != "" {
		w.add(secretKey.At(f.pos(at), form))
		return
	}
	if form := secret.Binary(f.src); form != "" {
		w.add(secretKey.At(diag.Pos{File: f.name}, form))
	}
}
