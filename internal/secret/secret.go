// Package secret knows secret keys when it sees them: written as text, in binary form, or
// by the name of their file.
//
// In: the bytes of a file, or words that were read out of one. Out: the form of the key.
package secret

import (
	"bytes"
	"crypto/x509"
	"path"
	"regexp"
	"slices"
	"strings"
)

// marks begin keys that are written as text; what follows is the key, so that a
// text about keys is none.
var marks = []struct {
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

// names are those of files that are keys, whole or by their ending.
var names = []string{"id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk",
	".ppk", ".pfx", ".p12", ".key", ".jks", ".keystore", ".kdbx", ".p8", ".pkcs12"}

// IsName reports whether a file of this name is a key.
func IsName(name string) bool {
	base := strings.ToLower(path.Base(name))
	return slices.Contains(names, base) || slices.Contains(names, path.Ext(base))
}

// Find returns the form of the first key that is written in a text, and where; "" for
// none.
func Find(src []byte) (form string, at int) {
	for _, m := range marks {
		for at := 0; ; at++ {
			i := bytes.Index(src[at:], []byte(m.mark))
			if i < 0 {
				break
			}
			if at += i; m.key.Match(src[at:min(len(src), at+2048)]) {
				return m.mark, at
			}
		}
	}
	return "", 0
}

// pkcs12 is how a file of a key and its certificate begins, behind its length.
var pkcs12 = []byte{0x02, 0x01, 0x03, 0x30}

// Binary names the form of a key that is not text, "" for none.
func Binary(src []byte) string {
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
