package secret

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"testing"
)

// A key in binary form is found by what it is, and what only begins like one is none.
func TestBinaryKeys(t *testing.T) {
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	large, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(edwards)
	if err != nil {
		t.Fatal(err)
	}
	sec1, err := x509.MarshalECPrivateKey(curve)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&large.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	for want, src := range map[string][]byte{
		"PKCS #8": pkcs8, "PKCS #1": x509.MarshalPKCS1PrivateKey(large), "SEC 1": sec1,
		"PKCS #12": {0x30, 0x82, 0x0a, 0x01, 0x02, 0x01, 0x03, 0x30, 0x82},
	} {
		if got := Binary(src); got != want {
			t.Errorf("%s: %q", want, got)
		}
	}
	for _, src := range [][]byte{nil, public, []byte("0123456789"), append([]byte{0x30}, make([]byte, 1<<10)...)} {
		if got := Binary(src); got != "" {
			t.Errorf("%.8x: %q", src, got)
		}
	}
}

// A key in a text is found by what follows its mark; a text about keys holds none.
func TestWrittenKeys(t *testing.T) {
	const body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC"
	for text, want := range map[string]string{
		"Khóa:\n-----BEGIN PRIVATE KEY-----\n" + body:            "PRIVATE KEY",
		"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4\n" + body: "PRIVATE KEY",
		"AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQ":               "AGE-SECRET-KEY-",
		"Đừng gửi -----BEGIN PRIVATE KEY----- cho ai.":           "",
		"": "",
	} {
		if got, _ := Find([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
