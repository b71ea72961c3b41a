package weblink

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// address is where a link leads.
type address struct {
	hosts     []host // one, or those of all who are written to
	path      string // what follows the host
	user      bool   // a name stands before the host
	disguised bool   // a browser reads another host than is written
}

// host is the name of a server, without port and last dot.
type host struct {
	ascii   string // as the network knows it: "xn--ting-hv5a.vn"
	unicode string // as it is shown: "tiếng.vn"
}

// parse reads a link. outside is false where it leads to a page of the same site
// or to nothing on the web.
func parse(link string) (a address, outside bool) {
	link = strings.TrimFunc(link, func(r rune) bool { return r <= ' ' })
	plain := dropBreaks.Replace(link)
	scheme, rest := cutScheme(plain)
	switch scheme {
	case "mailto":
		return mail(rest), true
	case "http", "https":
	case "":
		if rest = plain; len(slashes(plain)) < 2 {
			return a, false
		}
	default:
		return a, false
	}
	before := slashes(rest)
	authority := rest[len(before):]
	end := strings.IndexAny(authority, `/\?#`)
	if end < 0 {
		end = len(authority)
	}
	a.path = authority[end:]
	authority = authority[:end]
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		a.user, authority = true, authority[i+1:]
	}
	name, plainName := readHost(withoutPort(authority))
	a.hosts = []host{name}
	a.disguised = !plainName || before != "//" || plain != link || strings.HasPrefix(a.path, `\`)
	return a, true
}

// dropBreaks takes away what browsers do not see in an address.
var dropBreaks = strings.NewReplacer("\t", "", "\n", "", "\r", "")

func cutScheme(link string) (scheme, rest string) {
	scheme, rest, found := strings.Cut(link, ":")
	if !found || strings.ContainsFunc(scheme, func(r rune) bool {
		return r >= 0x80 || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("+-.", r)
	}) {
		return "", link
	}
	return strings.ToLower(scheme), rest
}

// slashes returns the slashes that a link begins with, of either kind.
func slashes(link string) string {
	return link[:len(link)-len(strings.TrimLeft(link, `/\`))]
}

func withoutPort(authority string) string {
	i := strings.LastIndexByte(authority, ':')
	if i < 0 || strings.Contains(authority[i:], "]") || strings.Trim(authority[i+1:], "0123456789") != "" {
		return authority
	}
	return authority[:i]
}

// mail returns those whom a mailto: link writes to, hidden ones too.
func mail(rest string) address {
	var a address
	rest, query, _ := strings.Cut(rest, "?")
	all := []string{rest}
	for field := range strings.SplitSeq(query, "&") {
		switch key, value, _ := strings.Cut(field, "="); strings.ToLower(key) {
		case "to", "cc", "bcc":
			all = append(all, value)
		}
	}
	for _, list := range all {
		if plain, err := url.PathUnescape(list); err == nil {
			list = plain
		}
		for one := range strings.SplitSeq(list, ",") {
			if i := strings.LastIndexByte(one, '@'); i >= 0 {
				name, _ := readHost(strings.Trim(one[i+1:], " <>"))
				a.hosts = append(a.hosts, name)
			}
		}
	}
	return a
}

// names turns the name of a host into what the network knows, as browsers do.
var names = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.CheckHyphens(false), idna.VerifyDNSLength(false))

// readHost reads the name of a host. plain is false where a browser reads another
// one than is written, or none.
func readHost(written string) (h host, plain bool) {
	if ip, err := netip.ParseAddr(strings.Trim(written, "[]")); err == nil {
		return host{ip.String(), ip.String()}, true
	}
	written = strings.TrimSuffix(strings.ToLower(norm.NFC.String(written)), ".")
	decoded, err := url.PathUnescape(written)
	if err != nil {
		decoded = written
	}
	ascii, err := names.ToASCII(decoded)
	shown, _ := names.ToUnicode(ascii)
	if strings.Contains(ascii, "..") || err != nil {
		return host{decoded, decoded}, false
	}
	ascii = strings.TrimSuffix(ascii, ".")
	plain = (written == ascii || written == shown) && !isNumber(ascii) && ascii != "" && !strings.HasPrefix(ascii, ".") &&
		!strings.ContainsFunc(shown, oddInHost)
	return host{ascii, strings.TrimSuffix(shown, ".")}, plain
}

// isNumber reports whether browsers take a name for an IP address.
func isNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	digits, hex := strings.CutPrefix(last, "0x")
	return last != "" && strings.Trim(digits, "0123456789") == "" || hex && strings.Trim(digits, "0123456789abcdef") == ""
}

// oddInHost reports whether a character is none of a name, such as a stroke that
// looks like the slash behind one.
func oddInHost(r rune) bool {
	return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune("-._·・", r)
}

// IsWeb reports whether s is an absolute http or https address.
func IsWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(s, " \t\n\"<>\\")
}

// Guess returns the web address that was probably meant by one without its scheme, "" for
// none.
func Guess(s string) string {
	s = "https://" + strings.TrimLeft(strings.Trim(s, " \"'“”<>"), "/:")
	if IsWeb(s) && strings.Contains(s, ".") && !strings.ContainsAny(s, "@“”") {
		return s
	}
	return ""
}

var (
	// twice is an address with its scheme in front of it once more.
	twice = regexp.MustCompile(`^(?i:https?:/*)((?i:https?):.+)$`)
	// wrongScheme begins an address in which a letter, the colon or a slash is missing, or
	// there is one too many.
	wrongScheme = regexp.MustCompile(`^(?i:h{0,2}t{1,3}ps{0,2})(?:[:;]/*|/{2,})([^/:;].*)$`)
	mailbox     = regexp.MustCompile(`^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$`)
	telephone   = regexp.MustCompile(`^\+?\(?\d(?:[ .()-]{0,2}\d){7,12}$`)
	// bareHost is the name of a host by itself; endings that files have are none.
	bareHost = regexp.MustCompile(`^(?i:www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+|(?:[a-z0-9-]+\.)+(?:vn|com|org|net|gov|edu|info|int|asia|eu|me|be|gl|gle|ly|io|co|tv|app|fr|de|uk|us|jp|kr|cn|sg|au|ru))(?:[/?#:].*)?$`)
)

// Meant returns the address that was meant by one whose scheme is missing or mistyped:
// "mailto:a@b.vn" for "a@b.vn", "https://b.vn" for "b.vn" and "htps://b.vn"; "" where
// nothing is wrong, or nobody can tell.
func Meant(link string) string {
	link = strings.TrimSpace(link)
	again, wrong := twice.FindStringSubmatch(link), wrongScheme.FindStringSubmatch(link)
	switch {
	case again != nil:
		return "https://" + strings.TrimLeft(again[1][strings.IndexByte(again[1], ':'):], ":/")
	case mailbox.MatchString(link):
		return "mailto:" + link
	case telephone.MatchString(link):
		return "tel:" + strings.NewReplacer(" ", "", ".", "", "(", "", ")", "", "-", "").Replace(link)
	case bareHost.MatchString(link):
		return "https://" + link
	case wrong != nil && !IsWeb(link):
		return Guess(wrong[1])
	}
	return ""
}
