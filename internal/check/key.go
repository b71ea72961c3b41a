package check

import (
	"bytes"
	"crypto/x509"
	"path"
	"regexp"
	"slices"
	"strings"

	"lienhiep/internal/diag"
)

var secretKey = diag.NewRule("site-secret-key", diag.Error,
	diag.Text{VI: "Tệp chứa khóa bí mật (%[1]s): ai tải được tệp này thì dùng được khóa.", EN: "The file contains a secret key (%[1]s): whoever downloads it can use the key."},
	diag.Text{VI: "Xóa tệp khỏi static/ hoặc content/. Nếu tệp đã từng lên mạng hay vào kho chung thì coi như khóa đã lộ: tạo khóa mới, thay khóa cũ ở mọi nơi dùng nó.",
		EN: "Remove it from static/ or content/. If it was ever published or shared, treat the key as compromised: create a new one and replace it wherever it is used."})

// keyMarks begin keys that are written as text; what follows is the key, so that a
// text about keys is none.
var keyMarks = []struct {
	mark string
	key  *regexp.Regexp
}{
	{"PRIVATE KEY", regexp.MustCompile(`^PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|\\r|[A-Za-z-]+: [^\n]{1,200}\n)*[A-Za-z0-9+/=]{16}`)}, // PEM, OpenSSH, PGP
	{"SSH2 ENCRYPTED PRIVATE", regexp.MustCompile(`^SSH2 ENCRYPTED PRIVATE KEY ----`)},
	{"PuTTY-User-Key-File-", regexp.MustCompile(`^PuTTY-User-Key-File-\d: \S`)},
	{"AGE-SECRET-KEY-", regexp.MustCompile(`^AGE-SECRET-KEY-1[0-9A-Z]{20}`)},
	{"PRIVATE+KEY+", regexp.MustCompile(`^PRIVATE\+KEY\+[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{16}`)}, // that builds are signed with
}

// largestKey is far more than a key in binary form has.
const largestKey = 64 << 10

// keyNames are those of files that are keys, whole or by their ending.
var keyNames = []string{"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk",
	".ppk", ".pfx", ".p12", ".key", ".jks", ".keystore", ".kdbx", ".p8", ".pkcs12"}

func isKeyName(name string) bool {
	base := strings.ToLower(path.Base(name))
	return slices.Contains(keyNames, base) || slices.Contains(keyNames, path.Ext(base))
}

// secrets finds a key in a file, whatever its name.
func (w *worker) secrets(f *file) {
	if isKeyName(f.name) {
		return // told
	}
	for _, m := range keyMarks {
		for at := 0; ; at++ {
			i := bytes.Index(f.src[at:], []byte(m.mark))
			if i < 0 {
				break
			}
			if at += i; m.key.Match(f.src[at:min(len(f.src), at+2048)]) {
				w.add(secretKey.At(f.pos(at), m.mark))
				return
			}
		}
	}
	if kind := binaryKey(f.src); kind != "" {
		w.add(secretKey.At(diag.Pos{File: f.name}, kind))
	}
}

// pkcs12 is how a file of a key and its certificate begins, behind its length.
var pkcs12 = []byte{0x02, 0x01, 0x03, 0x30}

// binaryKey names the form of a key that is not text, "" for none.
func binaryKey(src []byte) string {
	if len(src) < 8 || len(src) > largestKey || src[0] != 0x30 {
		return ""
	}
	if i := bytes.Index(src[:8], pkcs12); i >= 2 {
		return "PKCS #12"
	}
	if _, err := x509.ParsePKCS8PrivateKey(src); err == nil {
		return "PKCS #8"
	}
	if _, err := x509.ParsePKCS1PrivateKey(src); err == nil {
		return "PKCS #1"
	}
	if _, err := x509.ParseECPrivateKey(src); err == nil {
		return "SEC 1"
	}
	return ""
}
