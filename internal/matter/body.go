package matter

import (
	"strings"

	"lienhiep/internal/markdown"
)

// reviseBody merges into a body the blocks of its edited form that are read differently;
// the others keep their bytes, however the edited form writes them.
func reviseBody(body, edited string) string {
	switch {
	case strings.TrimSpace(body) == strings.TrimSpace(edited):
		return body
	case strings.TrimSpace(body) == "":
		return "\n" + strings.TrimSpace(edited) + "\n"
	}
	return string(markdown.Merge([]byte(body), []byte(edited)))
}
