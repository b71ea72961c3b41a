package publish

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/net/html"

	"lienhiep/internal/diag"
)

// DeployedName is the file that says which site stands at an address, and since
// when. The manifest follows from the content alone, so that an older one, with the
// site that goes with it, is as good as the newest; this one is not. A deploy that
// has the key signs it, and puts it in place last.
//
// Its text, under a line that names the format, is a line each for the address that
// the site was built for, the time (RFC 3339, UTC), a number that rises with each
// deploy, and the manifest's SHA-256; then a signature, as the manifest has it.
const DeployedName = "deployed.txt"

const deployedHead = "lienhiep deploy v1"

// maxDeployed bounds a record that is read from elsewhere.
const maxDeployed = 1 << 12

// deployed is what that file says.
type deployed struct {
	base     string
	time     time.Time
	number   int64 // milliseconds since 1970, or one more than the last: rising at several targets of one site too
	manifest [sha256.Size]byte
}

func (d deployed) text() string {
	return fmt.Sprintf("%s\nbase %s\ntime %s\nnumber %d\nmanifest %x\n", deployedHead, d.base, d.time.UTC().Format(time.RFC3339), d.number, d.manifest)
}

var errDeployed = errors.New("not a signed record of a deploy")

// readDeployed reads a record that the verifier's key has signed.
func readDeployed(text []byte, v note.Verifier) (deployed, error) {
	n, err := note.Open(text, note.VerifierList(v))
	if err != nil {
		return deployed{}, fmt.Errorf("%w: %w", errDeployed, err)
	}
	var d deployed
	var values [4]string
	rest := strings.TrimPrefix(n.Text, deployedHead+"\n")
	for i, name := range []string{"base ", "time ", "number ", "manifest "} {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		values[i] = strings.TrimPrefix(line, name)
	}
	d.base = values[0]
	d.time, _ = time.Parse(time.RFC3339, values[1]) // what cannot be read gives another text
	d.number, _ = strconv.ParseInt(values[2], 10, 64)
	sum, _ := hex.DecodeString(values[3])
	copy(d.manifest[:], sum)
	if d.text() != n.Text {
		return d, fmt.Errorf("%w: %q", errDeployed, n.Text)
	}
	return d, nil
}

// keyPair reads the private key, and what verifies its signatures. Without one it
// gives nothing.
func keyPair(private string) (note.Signer, note.Verifier, error) {
	if private = strings.TrimSpace(private); private == "" {
		return nil, nil, nil
	}
	malformed := faultOf(ruleSigningKey.At(diag.Pos{}))
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, nil, malformed
	}
	// The form is the package's: PRIVATE+KEY+name+hash+base64 of a byte and the seed.
	seed, err := base64.StdEncoding.DecodeString(private[strings.LastIndex(private, "+"+fmt.Sprintf("%08x", signer.KeyHash())+"+")+10:])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return nil, nil, malformed
	}
	public, err := note.NewEd25519VerifierKey(signer.Name(), ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey))
	if err != nil {
		return nil, nil, err
	}
	verifier, err := note.NewVerifier(public)
	return signer, verifier, err
}

// builtFor is the address that a home page says is its own, or "".
func builtFor(page io.Reader) string {
	for z := html.NewTokenizer(page); ; {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			values := attributes(z.Token(), "link")
			if u, err := url.Parse(values["href"]); err == nil && values["rel"] == "canonical" && u.IsAbs() && u.Host != "" {
				return u.String()
			}
		}
	}
}

// attributes are those of a tag with the given name; any other has none.
func attributes(t html.Token, name string) map[string]string {
	values := map[string]string{}
	if t.Data == name {
		for _, a := range t.Attr {
			values[a.Key] = a.Val
		}
	}
	return values
}

// record adds to the plan the record of this deploy, signed with the private key.
// One that says what is still so stays; without a key one that does not goes.
func (e *engine) record(ctx context.Context, p *plan, private string, open func(File) content) error {
	signer, verifier, err := keyPair(private)
	if err != nil {
		return err
	}
	key := DeployedName
	if e.side != nil {
		key = path.Join(linkCurrent, DeployedName)
	}
	text, err := e.read(ctx, key)
	if ignoreMissing(err) != nil {
		return err
	}
	there := err == nil
	manifest := sha256.Sum256(p.manifest.Text)
	same := p.release.Current && p.nothing() && bytes.Contains(text, fmt.Appendf(nil, "\nmanifest %x\n", manifest))
	base, err := p.base(open)
	if err != nil {
		return err
	}
	if signer == nil || base == "" {
		if there && !same {
			p.unsigned = true
			p.remove = append(p.remove, DeployedName)
		}
		return nil
	}
	var last deployed
	if last, err = readDeployed(text, verifier); err == nil && same && last.base == base {
		return nil
	}
	now := time.Now()
	d := deployed{base: base, time: now, number: max(last.number+1, now.UnixMilli()), manifest: manifest}
	signed, err := note.Sign(&note.Note{Text: d.text()}, signer)
	if err != nil {
		return fmt.Errorf("signing the record of the deploy: %w", err)
	}
	c := inMemory(DeployedName, signed)
	p.signed = &c
	p.isNew[DeployedName] = !there
	p.send = append(p.send, c.File)
	p.put[stageManifest] = append(p.put[stageManifest], c.File)
	return nil
}

// base is the address that the plan's site was built for, or "".
func (p *plan) base(open func(File) content) (string, error) {
	home, there := p.manifest.paths()["index.html"]
	if !there {
		return "", nil
	}
	r, err := open(home).open()
	if err != nil {
		return "", ignoreMissing(err)
	}
	defer r.Close()
	return builtFor(r), nil
}
