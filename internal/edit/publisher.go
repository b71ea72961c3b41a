package edit

import (
	"net/http"
	"strings"

	"lienhiep/internal/history"
)

// publisher is who publishes from this machine: the name stands in the list of what was
// published, in what is sent to be approved and in the history.
type publisher struct {
	Name  string
	Given bool // by the person; else the system's
}

func whoPublishes() publisher {
	if name := history.Named(); name != "" {
		return publisher{name, true}
	}
	return publisher{history.Account(), false}
}

// nameMe remembers what whoever works at this machine is called.
func (d *Desk) nameMe(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Name string `json:"name"`
	}
	if !read(w, r, &asked) {
		return
	}
	if strings.TrimSpace(asked.Name) == "" || len(asked.Name) > 1000 {
		d.broken(w, refuse(http.StatusBadRequest, textNoName))
		return
	}
	if err := history.Name(asked.Name); err != nil {
		d.broken(w, err)
		return
	}
	d.answer(w, map[string]string{"name": history.Named()})
}

// nameOnce remembers a name that was given for something else, if none is remembered.
func (d *Desk) nameOnce(name string) {
	if history.Named() != "" || strings.TrimSpace(name) == "" {
		return
	}
	if err := history.Name(name); err != nil {
		d.Log(err) // it is asked for again
	}
}
