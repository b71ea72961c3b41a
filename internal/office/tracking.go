package office

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// Addresses that were copied out of messages and of search results say who passed them
// on, and lead over a third site that keeps a record of each reader.

// trackers are the keys of such a query; those that end in * are beginnings.
var trackers = []string{"utm_*", "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "zarsrc", "zalo*", "igshid", "igsh", "mc_cid", "mc_eid", "yclid", "_hsenc", "_hsmi", "mkt_tok", "ref_src", "__cft__*", "__tn__"}

// passers are the addresses that only pass a reader on, with the key of where to.
var passers = map[string]string{"google.com/url": "q url", "google.com.vn/url": "q url", "l.facebook.com/l.php": "u", "lm.facebook.com/l.php": "u", "l.messenger.com/l.php": "u", "l.instagram.com/": "u", "safelinks.protection.outlook.com/": "url", "link.zalo.me/": "url", "youtube.com/redirect": "q"}

// untracked returns an address without what follows its readers, which is told.
func (w *writer) untracked(u *url.URL) *url.URL {
	clean := *u
	for range 3 { // one may pass on to another
		to := passedTo(&clean)
		if to == nil {
			break
		}
		clean = *to
	}
	var kept []string
	for pair := range strings.SplitSeq(clean.RawQuery, "&") {
		key, _, _ := strings.Cut(pair, "=")
		if !slices.ContainsFunc(trackers, func(t string) bool {
			is, err := path.Match(t, strings.ToLower(key))
			return is && err == nil
		}) {
			kept = append(kept, pair)
		}
	}
	clean.RawQuery = strings.Join(kept, "&")
	if clean.String() != u.String() {
		lost := &tally{left: w.left}
		if !slices.Contains(w.followed, u.String()) {
			w.followed = append(w.followed, u.String())
			lost.leave(ruleLinkFollowed, u.String())
		}
		w.left = lost.left
	}
	return &clean
}

// passedTo is where an address passes its reader on to; nil for one that does not.
func passedTo(u *url.URL) *url.URL {
	host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
	for passer, keys := range passers {
		at, where, _ := strings.Cut(passer, "/")
		if host != at && !strings.HasSuffix(host, "."+at) || !strings.HasPrefix(strings.TrimPrefix(u.Path, "/"), where) {
			continue
		}
		for _, key := range strings.Fields(keys) {
			to, err := url.Parse(u.Query().Get(key))
			if err == nil && (to.Scheme == "https" || to.Scheme == "http") && to.Host != "" {
				return to
			}
		}
	}
	return nil
}
