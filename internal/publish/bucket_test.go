package publish

import (
	"bytes"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lienhiep/internal/diag"
)

// through puts a proxy before a store. It hands on what before does not answer.
func through(t testing.TB, p *place, before func(w http.ResponseWriter, r *http.Request) (answered bool)) *bucket {
	t.Helper()
	address, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	query := address.Query()
	store, err := url.Parse(query.Get("endpoint"))
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{ErrorLog: log.New(io.Discard, "", 0), Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(store)
		r.Out.Host = r.In.Host // which is signed
	}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !before(w, r) {
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	query.Set("endpoint", server.URL)
	address.RawQuery = query.Encode()
	p.URL = address.String()
	s, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s.(*bucket)
}

// inPartsOf makes the parts that files go in small.
func inPartsOf(t *testing.T, size int64) {
	before := partSize
	partSize = size
	t.Cleanup(func() { partSize = before })
}

func put(t *testing.T, b *bucket, key, text string) {
	t.Helper()
	if err := b.put(t.Context(), key, inMemory(key, []byte(text))); err != nil {
		t.Fatal(err)
	}
}

func shows(t *testing.T, b *bucket, key, want string) {
	t.Helper()
	if got, err := b.read(t.Context(), key); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v; want %q", key, got, err, want)
	}
}

// TestEveryStoreUnderstandsWhatIsSent reads the requests: a body has its length, MD5 and
// SHA-256 at its head and nothing that came to the protocol late.
func TestEveryStoreUnderstandsWhatIsSent(t *testing.T) {
	inPartsOf(t, 10)
	var bodies [][]byte
	b := through(t, s3Place(t), func(w http.ResponseWriter, r *http.Request) bool {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		for name := range r.Header {
			if l := strings.ToLower(name); strings.Contains(l, "checksum") || strings.Contains(l, "trailer") || strings.Contains(l, "decoded") {
				t.Errorf("%s %s has %s: %s", r.Method, r.URL, name, r.Header.Get(name))
			}
		}
		if r.Header.Get("Content-Encoding") != "" || r.ContentLength != int64(len(body)) || len(r.TransferEncoding) > 0 {
			t.Errorf("%s %s is sent in chunks: %v", r.Method, r.URL, r.Header)
		}
		if r.Method != http.MethodPut {
			return false
		}
		bodies = append(bodies, body)
		md, sha := md5.Sum(body), sha256.Sum256(body)
		if r.Header.Get("Content-Md5") != base64.StdEncoding.EncodeToString(md[:]) || r.Header.Get("X-Amz-Content-Sha256") != hex.EncodeToString(sha[:]) {
			t.Errorf("%s has the sums %v", r.URL, r.Header)
		}
		return false
	})
	put(t, b, "ngan.html", "0123456789")
	put(t, b, "dai.html", "0123456789abcdefghijABC")
	if err := b.create(t.Context(), "moi", []byte("mới")); err != nil {
		t.Fatal(err)
	}
	shows(t, b, "dai.html", "0123456789abcdefghijABC")
	var got []string
	for _, body := range bodies {
		got = append(got, string(body))
	}
	if want := []string{"0123456789", "0123456789", "abcdefghij", "ABC", "mới"}; !slices.Equal(got, want) {
		t.Errorf("sent: %q, want %q", got, want)
	}
}

// TestAPartIsTriedAgain cuts the line in the second part of three: the others are not
// sent again.
func TestAPartIsTriedAgain(t *testing.T) {
	inPartsOf(t, 10)
	sent := map[string]int{}
	b := through(t, s3Place(t), func(w http.ResponseWriter, r *http.Request) bool {
		part := r.URL.Query().Get("partNumber")
		sent[part]++
		switch {
		case part == "2" && sent[part] == 1:
			w.WriteHeader(http.StatusServiceUnavailable)
			return true
		case part == "2" && sent[part] == 2:
			panic(http.ErrAbortHandler)
		}
		return false
	})
	put(t, b, "dai.html", "0123456789abcdefghijABC")
	delete(sent, "") // the beginning and the end
	if want := map[string]int{"1": 1, "2": 3, "3": 1}; !maps.Equal(sent, want) {
		t.Errorf("parts were sent so often: %v, want %v", sent, want)
	}
	shows(t, b, "dai.html", "0123456789abcdefghijABC")
}

// TestAnUploadThatFailsIsGivenUp: the store keeps no parts, and shows what it had.
func TestAnUploadThatFailsIsGivenUp(t *testing.T) {
	inPartsOf(t, 10)
	long := "0123456789abcdefghijABC"
	for name, c := range map[string]struct {
		refused string // part
		content content
		want    *diag.Rule
	}{
		"refused":              {"2", inMemory("dai.html", []byte(long)), ruleDenied},
		"changed on its way":   {"", content{inMemory("dai.html", []byte(long)).File, inMemory("", []byte(strings.ToUpper(long))).open}, ruleAltered},
		"shortened on its way": {"", content{inMemory("dai.html", []byte(long)).File, inMemory("", []byte(long[:20])).open}, ruleAltered},
		"grown on its way":     {"", content{inMemory("dai.html", []byte(long)).File, inMemory("", []byte(long+"x")).open}, ruleAltered},
	} {
		t.Run(name, func(t *testing.T) {
			var begun, givenUp int
			b := through(t, s3Place(t), func(w http.ResponseWriter, r *http.Request) bool {
				query := r.URL.Query()
				switch {
				case query.Has("uploads"):
					begun++
				case r.Method == http.MethodDelete && query.Has("uploadId"):
					givenUp++
				case c.refused != "" && query.Get("partNumber") == c.refused:
					w.WriteHeader(http.StatusForbidden)
					return true
				}
				return false
			})
			put(t, b, "dai.html", "cũ")
			err := b.put(t.Context(), "dai.html", c.content)
			wantFault(t, explain(err), c.want)
			if begun != givenUp {
				t.Errorf("%d uploads were begun and %d given up", begun, givenUp)
			}
			shows(t, b, "dai.html", "cũ")
		})
	}
}

// TestOnlyOneCreates has two see that a file is not there: the store takes one.
func TestOnlyOneCreates(t *testing.T) {
	b := through(t, s3Place(t), func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodGet {
			w.WriteHeader(http.StatusNotFound)
		}
		return r.Method == http.MethodGet
	})
	testCreate(t, b)
}

// TestAStoreThatKnowsNoConditions is asked first.
func TestAStoreThatKnowsNoConditions(t *testing.T) {
	b := through(t, s3Place(t), func(_ http.ResponseWriter, r *http.Request) bool {
		r.Header.Del("If-None-Match")
		return false
	})
	testCreate(t, b)
	shows(t, b, keyLock, "một")
}

func testCreate(t *testing.T, b *bucket) {
	t.Helper()
	if err := b.create(t.Context(), keyLock, []byte("một")); err != nil {
		t.Fatal(err)
	}
	if err := b.create(t.Context(), keyLock, []byte("hai")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("the second time: %v", err)
	}
}

// TestAListHasManyPages has the store give two keys a page.
func TestAListHasManyPages(t *testing.T) {
	pages := 0
	b := through(t, s3Place(t), func(_ http.ResponseWriter, r *http.Request) bool {
		if query := r.URL.Query(); query.Has("list-type") {
			query.Set("max-keys", "2")
			r.URL.RawQuery = query.Encode()
			pages++
		}
		return false
	})
	want := []string{"a", "b/c", "b/d", "x y+z", "ế"}
	for _, key := range want {
		put(t, b, key, key)
	}
	put(t, b, home+"riêng", "x")
	all, err := b.list(t.Context(), "")
	if err != nil || !slices.Equal(slices.Sorted(maps.Keys(all)), want) || pages < 3 {
		t.Errorf("the list has %v, %v, in %d pages", slices.Sorted(maps.Keys(all)), err, pages)
	}
	for key, o := range all {
		if sum := md5.Sum([]byte(key)); o.size != int64(len(key)) || !bytes.Equal(o.md5, sum[:]) || time.Since(o.modified).Abs() > time.Hour {
			t.Errorf("%s is %+v", key, o)
		}
	}
}

// TestAListThatIsBrokenOffIsNone: the library gives what it has so far.
func TestAListThatIsBrokenOffIsNone(t *testing.T) {
	b := through(t, s3Place(t), func(http.ResponseWriter, *http.Request) bool { return false })
	put(t, b, "a", "a")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if all, err := b.list(ctx, ""); !errors.Is(err, context.Canceled) {
		t.Errorf("a list that was broken off is %v, %v", all, err)
	}
}

// TestAPrefixIsBeforeEveryKey deploys below a prefix of a bucket with more in it.
func TestAPrefixIsBeforeEveryKey(t *testing.T) {
	p := s3Place(t)
	whole := through(t, p, func(http.ResponseWriter, *http.Request) bool { return false })
	put(t, whole, "index.html", "của người khác")
	p.URL += "&prefix=www/"
	p.deploy(t, first)
	p.deploy(t, second)
	shows(t, whole, "index.html", "của người khác")
	shows(t, whole, "www/index.html", second["index.html"])
	all, err := whole.list(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for key := range all {
		if key != "index.html" && !strings.HasPrefix(key, "www/") {
			t.Errorf("%s was written beside the prefix", key)
		}
	}
	if _, err := Rollback(t.Context(), p.Target, "", Options{}); err != nil {
		t.Fatal(err)
	}
	shows(t, whole, "www/index.html", first["index.html"])
}

// TestAMissingBucketIsNoMissingFile: what is not there in a bucket that is not there was
// not looked for.
func TestAMissingBucketIsNoMissingFile(t *testing.T) {
	p := s3Place(t)
	p.URL = strings.Replace(p.URL, "s3://kho", "s3://khong-co", 1)
	s, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.read(t.Context(), keyCurrent)
	wantFault(t, explain(err), ruleTargetMissing)
	if errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a bucket that is not there has no file: %v", err)
	}
}

// TestWhereABucketIs signs an address and reads it.
func TestWhereABucketIs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config")
	write(t, file, "[default]\nregion = eu-west-1\n[profile xa]\nregion = ap-east-1\nendpoint_url = https://xa.vn\naws_access_key_id = khoa-xa\naws_secret_access_key = x\n")
	for _, c := range []struct {
		url      string
		env      map[string]string
		at, area string
	}{
		{"s3://kho?region=ap-southeast-1", nil, "https://kho.s3.ap-southeast-1.amazonaws.com/a/b.html", "ap-southeast-1"},
		{"s3://kho?region=ap-southeast-7", nil, "https://kho.s3.ap-southeast-7.amazonaws.com/a/b.html", "ap-southeast-7"},
		{"s3://kho?region=ap-southeast-1&use_path_style=true", nil, "https://s3.ap-southeast-1.amazonaws.com/kho/a/b.html", "ap-southeast-1"},
		{"s3://kho.vn?region=ap-southeast-1", nil, "https://s3.ap-southeast-1.amazonaws.com/kho.vn/a/b.html", "ap-southeast-1"},
		{"s3://kho/?region=ap-southeast-1&prefix=www/", nil, "https://kho.s3.ap-southeast-1.amazonaws.com/www/a/b.html", "ap-southeast-1"},
		{"s3://kho?endpoint=https://may.vn", nil, "https://kho.may.vn/a/b.html", "us-east-1"},
		{"s3://kho?endpoint=https://may.vn/&use_path_style=true&region=auto", nil, "https://may.vn/kho/a/b.html", "auto"},
		{"s3://kho?endpoint=http://127.0.0.1:9000", nil, "http://127.0.0.1:9000/kho/a/b.html", "us-east-1"},
		{"s3://kho?endpoint=http://may.vn:9000&use_path_style=false", nil, "http://kho.may.vn:9000/a/b.html", "us-east-1"},
		{"s3://kho", map[string]string{"AWS_REGION": "ap-southeast-2"}, "https://kho.s3.ap-southeast-2.amazonaws.com/a/b.html", "ap-southeast-2"},
		{"s3://kho", map[string]string{"AWS_DEFAULT_REGION": "ap-southeast-2"}, "https://kho.s3.ap-southeast-2.amazonaws.com/a/b.html", "ap-southeast-2"},
		{"s3://kho?use_path_style=true", map[string]string{"AWS_ENDPOINT_URL": "https://may.vn"}, "https://may.vn/kho/a/b.html", "us-east-1"},
		{"s3://kho", map[string]string{"AWS_ENDPOINT_URL": "https://may.vn", "AWS_ENDPOINT_URL_S3": "https://kho.vn", "AWS_REGION": "x"}, "https://kho.kho.vn/a/b.html", "x"},
		{"s3://kho", map[string]string{"AWS_CONFIG_FILE": file}, "https://kho.s3.eu-west-1.amazonaws.com/a/b.html", "eu-west-1"},
		{"s3://kho", map[string]string{"AWS_CONFIG_FILE": file, "AWS_PROFILE": "xa"}, "https://kho.xa.vn/a/b.html", "ap-east-1"},
		{"s3://kho?profile=xa", map[string]string{"AWS_CONFIG_FILE": file}, "https://kho.xa.vn/a/b.html", "ap-east-1"},
	} {
		t.Run(c.url, func(t *testing.T) {
			setS3Secrets(t)
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			at, query := signedAddress(t, c.url)
			if at != c.at || strings.Split(query.Get("X-Amz-Credential"), "/")[2] != c.area {
				t.Errorf("%s %v is at %s (%v), want %s (%s)", c.url, c.env, at, query, c.at, c.area)
			}
		})
	}
}

// signedAddress is where an object of a bucket is, and what its signature consists of.
func signedAddress(t *testing.T, address string) (string, url.Values) {
	t.Helper()
	s, err := Target{Name: "noi-thu", URL: address}.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := s.(*bucket)
	u, err := b.client.PresignedGetObject(t.Context(), b.name, b.prefix+"a/b.html", time.Hour, nil)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	u.RawQuery = ""
	return u.String(), query
}

func TestWhoseKeyIsTaken(t *testing.T) {
	dir := t.TempDir()
	config, keys := filepath.Join(dir, "config"), filepath.Join(dir, "credentials")
	write(t, config, "[profile o-config]\naws_access_key_id = config\naws_secret_access_key = x\n[profile vung]\nregion = x\n[profile lenh]\ncredential_process = cat "+filepath.Join(dir, "lenh.json")+"\n")
	write(t, keys, "[default]\naws_access_key_id = mac-dinh\naws_secret_access_key = x\n[xa]\naws_access_key_id = xa\naws_secret_access_key = x\naws_session_token = phien-xa\n[nua]\naws_access_key_id = nua\n")
	write(t, filepath.Join(dir, "lenh.json"), `{"Version":1,"AccessKeyId":"lenh","SecretAccessKey":"x","SessionToken":"phien-lenh"}`)
	none := map[string]string{"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
	files := map[string]string{"AWS_CONFIG_FILE": config, "AWS_SHARED_CREDENTIALS_FILE": keys}
	for name, c := range map[string]struct {
		profile    string
		env        []map[string]string
		key, token string // no key is a fault
	}{
		"the environment":             {"", []map[string]string{files}, "khoa", ""},
		"one for a while":             {"", []map[string]string{{"AWS_SESSION_TOKEN": "phien"}}, "khoa", "phien"},
		"a profile goes first":        {"xa", []map[string]string{files}, "xa", "phien-xa"},
		"the file":                    {"", []map[string]string{none, files}, "mac-dinh", ""},
		"half a key, then the file":   {"", []map[string]string{{"AWS_SECRET_ACCESS_KEY": ""}, files}, "mac-dinh", ""},
		"the environment's profile":   {"", []map[string]string{none, files, {"AWS_PROFILE": "xa"}}, "xa", "phien-xa"},
		"a profile of the other file": {"o-config", []map[string]string{files}, "config", ""},
		"a program":                   {"lenh", []map[string]string{files}, "lenh", "phien-lenh"},
		"none":                        {"", []map[string]string{none}, "", ""},
		"no such profile":             {"khong-co", []map[string]string{files}, "", ""},
		"a profile without a key":     {"vung", []map[string]string{files}, "", ""},
		"a profile with half a key":   {"nua", []map[string]string{files}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			setS3Secrets(t)
			for _, env := range c.env {
				for name, value := range env {
					t.Setenv(name, value)
				}
			}
			address := "s3://kho?region=x&profile=" + c.profile
			if c.key == "" {
				_, err := Target{Name: "noi-thu", URL: address}.open(t.Context())
				wantFault(t, err, ruleNoKey)
				return
			}
			_, query := signedAddress(t, address)
			if key, _, _ := strings.Cut(query.Get("X-Amz-Credential"), "/"); key != c.key || query.Get("X-Amz-Security-Token") != c.token {
				t.Errorf("signed by %v", query)
			}
		})
	}
}
