package loopback

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"lienhiep/internal/diag"
)

func listener(t *testing.T) (net.Listener, string) {
	t.Helper()
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return l, port
}

// request is one of a page of the server itself, with headers changed; a value of ""
// takes one away.
func request(method, host string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, "/", nil)
	r.Host = host
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Sec-Fetch-Mode", "cors")
	r.Header.Set("Sec-Fetch-Dest", "empty")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func TestGuardAnswersThisMachineAlone(t *testing.T) {
	l, port := listener(t)
	g := NewGuard(l)
	if g.Origin != "http://localhost:"+port {
		t.Errorf("the origin is %s", g.Origin)
	}
	here := "localhost:" + port
	for name, tt := range map[string]struct {
		request *http.Request
		want    error
	}{
		"localhost":             {request("GET", here), nil},
		"in capitals":           {request("GET", "LocalHost:"+port), nil},
		"by its number":         {request("GET", "127.0.0.1:"+port), nil},
		"by its longer number":  {request("GET", "[::1]:"+port), nil},
		"typed":                 {request("GET", here, "Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"), nil},
		"by curl":               {request("GET", here, "Sec-Fetch-Site", "", "Sec-Fetch-Mode", "", "Sec-Fetch-Dest", ""), nil},
		"looked at by curl":     {request("HEAD", here, "Sec-Fetch-Site", "", "Sec-Fetch-Mode", "", "Sec-Fetch-Dest", ""), nil},
		"with its own origin":   {request("GET", here, "Origin", "http://"+here), nil},
		"written to by its own": {request("POST", here, "Origin", "http://"+here), nil},

		"rebound":                {request("GET", "rebind.evil.example:"+port), ErrCrossOrigin},
		"rebound without a port": {request("GET", "rebind.evil.example"), ErrCrossOrigin},
		"a name like it":         {request("GET", "localhost.evil.example:"+port), ErrCrossOrigin},
		"a name that ends so":    {request("GET", "evil.localhost:"+port), ErrCrossOrigin},
		"a number with a name":   {request("GET", "127.0.0.1.evil.example:"+port), ErrCrossOrigin},
		"another port":           {request("GET", "127.0.0.1:1"), ErrCrossOrigin},
		"no port":                {request("GET", "127.0.0.1"), ErrCrossOrigin},
		"the network's number":   {request("GET", "192.0.2.2:"+port), ErrCrossOrigin},
		"every interface":        {request("GET", "0.0.0.0:"+port), ErrCrossOrigin},
		"no host":                {request("GET", ""), ErrCrossOrigin},

		"another site's origin": {request("GET", here, "Origin", "https://evil.example"), ErrCrossOrigin},
		"another port's origin": {request("GET", here, "Origin", "http://localhost:1"), ErrCrossOrigin},
		"another name's origin": {request("GET", here, "Origin", "http://127.0.0.1:"+port), ErrCrossOrigin},
		"an origin with TLS":    {request("GET", here, "Origin", "https://"+here), ErrCrossOrigin},
		"an opaque origin":      {request("GET", here, "Origin", "null"), ErrCrossOrigin},
		"written to by none":    {request("POST", here, "Sec-Fetch-Site", ""), ErrCrossOrigin},
		"written to by typing":  {request("POST", here, "Sec-Fetch-Site", "none"), ErrCrossOrigin},

		"another site":              {request("GET", here, "Sec-Fetch-Site", "cross-site"), ErrCrossOrigin},
		"another site's frame":      {request("GET", here, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"), ErrCrossOrigin},
		"another site's link":       {request("GET", here, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"), ErrCrossOrigin},
		"another port's script":     {request("GET", here, "Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "script"), ErrCrossOrigin},
		"another port's frame":      {request("GET", here, "Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"), ErrCrossOrigin},
		"something yet to come":     {request("GET", here, "Sec-Fetch-Site", "same-planet"), ErrCrossOrigin},
		"another site, in disguise": {request("GET", here, "Sec-Fetch-Site", "cross-site", "Origin", "http://"+here), ErrCrossOrigin},
	} {
		if got := g.Check(tt.request); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestKeyGuardAnswersWhomItAdmitted(t *testing.T) {
	l, port := listener(t)
	other, _ := listener(t)
	g, before := NewKeyGuard(l), NewKeyGuard(l) // as in the run before, at the same port
	g.FramedBy = "http://127.0.0.1:1414"
	here := "127.0.0.1:" + port
	key := func(g *Guard) *http.Cookie {
		w := httptest.NewRecorder()
		g.Admit(w)
		return w.Result().Cookies()[0]
	}
	right := key(g)
	if !right.HttpOnly || right.SameSite != http.SameSiteStrictMode || right.Path != "/" || right.Domain != "" {
		t.Errorf("a cookie to be stolen: %v", right)
	}
	shown := []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest"}
	for name, tt := range map[string]struct {
		request *http.Request
		cookie  *http.Cookie
		want    error
	}{
		"the key":                   {request("GET", here), right, nil},
		"no key":                    {request("GET", here), nil, ErrUnauthorized},
		"no key, by curl":           {request("GET", here, "Sec-Fetch-Site", ""), nil, ErrUnauthorized},
		"an empty key":              {request("GET", here), &http.Cookie{Name: right.Name}, ErrUnauthorized},
		"a wrong key":               {request("GET", here), &http.Cookie{Name: right.Name, Value: strings.Repeat("A", len(right.Value))}, ErrUnauthorized},
		"half a key":                {request("GET", here), &http.Cookie{Name: right.Name, Value: right.Value[1:]}, ErrUnauthorized},
		"the key of the run before": {request("GET", here), key(before), ErrUnauthorized},
		"the key of another port":   {request("GET", here), key(NewKeyGuard(other)), ErrUnauthorized},
		"the key by another name":   {request("GET", here), &http.Cookie{Name: "lienhiep", Value: right.Value}, ErrUnauthorized},
		"localhost":                 {request("GET", "localhost:"+port), right, ErrCrossOrigin},
		"rebound":                   {request("GET", "rebind.evil.example:"+port), right, ErrCrossOrigin},
		"another site":              {request("GET", here, "Sec-Fetch-Site", "cross-site"), right, ErrCrossOrigin},
		"another site's frame":      {request("GET", here, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"), right, ErrCrossOrigin},

		"in the desk's frame":    {request("GET", here, append(shown, "iframe")...), right, nil},
		"in a tab of the desk's": {request("GET", here, append(shown, "document")...), right, nil},
		"shown without the key":  {request("GET", here, append(shown, "iframe")...), nil, ErrUnauthorized},
		"embedded by a port":     {request("GET", here, append(shown, "object")...), right, ErrCrossOrigin},
		"fetched by a port":      {request("GET", here, "Sec-Fetch-Site", "same-site"), right, ErrCrossOrigin},
		"written to by a port":   {request("POST", here, append([]string{"Origin", "http://127.0.0.1:1414"}, append(shown, "document")...)...), right, ErrCrossOrigin},
	} {
		if tt.cookie != nil {
			tt.request.AddCookie(tt.cookie)
		}
		if got := g.Check(tt.request); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// TestOneOriginMayLinkHere holds that pages of the one origin that is named may link to the
// server's pages, where they say where they are, and do nothing else.
func TestOneOriginMayLinkHere(t *testing.T) {
	l, port := listener(t)
	g := NewKeyGuard(l)
	g.LinkedFrom = "http://127.0.0.1:1313"
	w := httptest.NewRecorder()
	g.Admit(w)
	from := func(referer, dest string) []string {
		return []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", dest, "Referer", referer}
	}
	for name, tt := range map[string]struct {
		method  string
		headers []string
		want    error
	}{
		"a link":                   {"GET", from(g.LinkedFrom+"/", "document"), nil},
		"a link of another port":   {"GET", from("http://127.0.0.1:1/", "document"), ErrCrossOrigin},
		"a link of nobody's":       {"GET", from("", "document"), ErrCrossOrigin},
		"a link of a like name":    {"GET", from(g.LinkedFrom+".evil.example/", "document"), ErrCrossOrigin},
		"a frame":                  {"GET", from(g.LinkedFrom+"/", "iframe"), ErrCrossOrigin},
		"a form":                   {"POST", append(from(g.LinkedFrom+"/", "document"), "Origin", g.LinkedFrom), ErrCrossOrigin},
		"a script":                 {"GET", []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "document", "Referer", g.LinkedFrom + "/"}, ErrCrossOrigin},
		"a link from another site": {"GET", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document", "Referer", g.LinkedFrom + "/"}, ErrCrossOrigin},
	} {
		r := request(tt.method, "127.0.0.1:"+port, tt.headers...)
		r.AddCookie(w.Result().Cookies()[0])
		if got := g.Check(r); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestACodeIsGoodOnce(t *testing.T) {
	l, _ := listener(t)
	g := NewKeyGuard(l)
	if g.Redeem("") {
		t.Error("let in without an invitation")
	}
	first := g.Invite()
	if g.Redeem("") || g.Redeem(first+"A") || !g.Redeem(first) {
		t.Error("the code does not let in, or another does")
	}
	if g.Redeem(first) || g.Redeem("") {
		t.Error("a code that was used lets in")
	}
	second, third := g.Invite(), g.Invite()
	if g.Redeem(second) || !g.Redeem(third) || first == second || second == third {
		t.Error("the code before lets in, or the latest does not")
	}
}

// TestOnlyLoopbackIsOpened asks by every address that the machine has in a network.
func TestOnlyLoopbackIsOpened(t *testing.T) {
	l, port := listener(t)
	taken := l.Addr().(*net.TCPAddr).Port
	if second, err := Listen(taken); err == nil {
		second.Close()
		t.Error("a port is opened that is taken")
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addresses {
		ip, _, err := net.ParseCIDR(a.String())
		if err != nil {
			t.Fatal(err)
		}
		c, err := net.Dial("tcp", net.JoinHostPort(ip.String(), port))
		if err == nil {
			c.Close()
		}
		if ip.IsLoopback() && ip.To4() != nil && err != nil || !ip.IsLoopback() && err == nil {
			t.Errorf("by %s: %v", ip, err)
		}
	}
}

func TestServeEndsWithItsContext(t *testing.T) {
	l, port := listener(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	asked := make(chan struct{})
	go func() {
		ended <- Serve(ctx, l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(asked)
			<-r.Context().Done() // one that waits for news does not keep it from ending
		}))
	}()
	go func() {
		if r, err := http.Get("http://127.0.0.1:" + port); err == nil {
			r.Body.Close()
		}
	}()
	<-asked
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}

	l, _ = listener(t)
	l.Close()
	if err := Serve(t.Context(), l, nil); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a listener that fails: %v", err)
	}
}

func TestPageShowsTextAsText(t *testing.T) {
	page := string(Page(diag.English, diag.Text{EN: "No & no"}, diag.Text{EN: "<script>"}))
	if !strings.Contains(page, `<html lang="en">`) || !strings.Contains(page, "<h1>No &amp; no</h1>") || !strings.Contains(page, "<p>&lt;script&gt;</p>") {
		t.Error(page)
	}
}
